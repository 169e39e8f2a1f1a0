import type { DeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";

/** The app's `fetch`, one per account. The requests of the account before are aborted. */
export const createFetch = (deviceSessions: DeviceSessions) =>
	perAccount(
		deviceSessions,
		(account) => {
			const controller = new AbortController();
			const { signal } = controller;
			return { account, controller, fetch: (path: string, init?: RequestInit) => fetch(path, { ...init, signal }) };
		},
		({ controller }) => controller.abort(),
	);

/** Shows what `/api/mail` has for whoever is active, from now on. */
export function showMail(current: ReturnType<typeof createFetch>, place: HTMLElement): () => void {
	return current.subscribe(async (one) => {
		place.textContent = one?.account ? "Loading …" : "";
		if (!one?.account) return;
		try {
			const answer = await one.fetch("/api/mail");
			const text = answer.ok ? await answer.text() : `Can't load: the server answered ${answer.status}`;
			if (!one.controller.signal.aborted) place.textContent = text;
		} catch (error) {
			if (!one.controller.signal.aborted) place.textContent = `Can't load: ${error}`;
		}
	});
}
