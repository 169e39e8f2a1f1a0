import { authClient, deviceSessions } from "./client.js";
import { find, setAttribute, setText } from "./dom.js";

/**
 * What Better Auth's own `useSession` shows beside the store: the two are never to disagree. What it holds nobody has
 * checked: a broken answer stands there as it came.
 */
export function showBetterAuth(): void {
	const session = find("#says-session", HTMLElement);
	const agrees = find("#says-agrees", HTMLElement);

	let comparing: ReturnType<typeof setTimeout> | undefined;
	// Better Auth begins to read a moment after the store has told: until then the two may differ.
	const compareSoon = () => {
		clearTimeout(comparing);
		comparing = setTimeout(compare, 50);
	};
	const compare = () => {
		const theirs = authClient.useSession.get();
		const ours = deviceSessions.get();
		const settled = !theirs.isPending && !theirs.isRefetching && !ours.isPending && ours.status === "idle";
		const same = theirs.data?.user?.id === ours.active?.user.id;
		// While a read is on its way the last verdict stands.
		if (!settled) return;
		setText(agrees, same ? "Agrees with the store" : "Differs from the store");
		setAttribute(agrees, "data-agrees", String(same));
	};

	authClient.useSession.subscribe(({ data, isPending }) => {
		const name = data ? (data.user?.name ?? "something unreadable") : "nobody";
		setText(session, isPending && !data ? "…" : name);
		compareSoon();
	});
	deviceSessions.subscribe(compareSoon);
}
