import { deviceSessions } from "./auth-client";

let latest = new AbortController();

/** Takes over the part of the page that is an account's, as the server renders it now. What is written stays. */
export async function follow(): Promise<void> {
	latest.abort();
	latest = new AbortController();
	const answer = await fetch(location.href, { signal: latest.signal });
	// Nobody is signed in.
	if (answer.redirected) return location.assign(answer.url);
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const [part, next] = [document, page].map((one) => one.querySelector<HTMLElement>("[data-account]"));
	if (next) part?.replaceWith(next);
}

/** Whose page is shown: the id of the user. */
export const shown = () => document.querySelector<HTMLElement>("[data-account]")?.dataset["account"] ?? "";

let followed = shown();
deviceSessions.subscribe(({ active, isPending }) => {
	const userId = active?.user.id ?? "";
	if (isPending || userId === followed) return;
	followed = userId;
	const url = new URL(location.href);
	url.searchParams.delete("account");
	// Whoever switches from a link that means an account has chosen.
	if (document.querySelector("[data-account] wrong-account")) return location.replace(url);
	history.replaceState(history.state, "", url);
	// Overtaken, or offline: then the next read of the accounts tries again.
	follow().catch(() => {
		if (userId === followed) followed = shown();
	});
});
