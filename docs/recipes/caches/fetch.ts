import type { DeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";

/** The app's `fetch`, one an account. What the account before has on its way is aborted. */
export const createFetch = (deviceSessions: DeviceSessions) =>
	perAccount(
		deviceSessions,
		() => {
			const controller = new AbortController();
			const { signal } = controller;
			return { controller, signal, fetch: (path: string) => fetch(path, { signal }) };
		},
		({ controller }) => controller.abort(),
	);

/** Shows what `/api/mail` has for whoever is active, from now on. */
export function showMail(current: ReturnType<typeof createFetch>, place: HTMLElement): () => void {
	return current.subscribe(async (account) => {
		place.textContent = "Loading …";
		try {
			const answer = await account?.fetch("/api/mail");
			if (answer) place.textContent = await answer.text();
		} catch (error) {
			if (!account?.signal.aborted) place.textContent = `Can't load: ${error}`;
		}
	});
}
