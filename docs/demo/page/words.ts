import { maximumSessions } from "../people.js";
import type { Problem, Row } from "./client.js";

/** What a person reads where a command or a read failed. */
const sentences: Readonly<Record<Problem["kind"], string>> = {
	"invalid-input": "That is no account of this device.",
	unauthorized: "Nobody is signed in here. Choose an account or add one.",
	"session-gone": "This account has been signed out elsewhere. Sign in again to use it.",
	forbidden: "The server does not let this page do that.",
	"rate-limited": "That was a bit much for the server. It will go on in a moment.",
	rejected: "The server refused that.",
	server: "The server has a problem. Nothing is lost; try again in a moment.",
	network: "The server can't be reached. What you see is what was known last.",
	timeout: "The server takes too long to answer. What you see is what was known last.",
	aborted: "That was stopped.",
	"invalid-response": "The server answered something that can't be read.",
	superseded: "A later choice took this one's place.",
	refused: "That was not allowed right now.",
	callback: "The page could not finish its part of the change.",
	busy: "Another tab is changing accounts. Try again in a moment.",
	conflict: "The server went back to the account from before. Try again.",
	partial: "Not everybody could be signed out.",
	"active-unlisted": "Switching now would sign the current account out for good.",
	"unknown-session": "This account is no longer signed in on this device.",
	destroyed: "This page has ended its work. Reload it.",
};

/** Problems after which reading the device once more may help. */
const passing: ReadonlySet<Problem["kind"]> = new Set(["server", "network", "timeout", "invalid-response", "conflict"]);

export function inWords(error: Problem, rows: readonly Row[]): string {
	const sentence = sentences[error.kind];
	if (error.kind === "rate-limited" && error.retryAfter !== undefined)
		return `${sentence} Wait ${error.retryAfter} seconds.`;
	if (error.kind === "partial" && error.failed) {
		const names = error.failed.flatMap(({ id }) => rows.find((row) => row.id === id)?.user.name ?? []);
		if (names.length > 0) return `${sentence} Still here: ${listed(names)}.`;
	}
	return sentence;
}

export function mayPass(error: Problem): boolean {
	return passing.has(error.kind);
}

export function unlistedWarning(name: string): string {
	return (
		`${name} is signed in beyond the ${maximumSessions} accounts that this device remembers. ` +
		`Switching to somebody else signs ${name} out for good. To keep it, sign out another account, ` +
		`then sign in as ${name} again.`
	);
}

/** What to know before one more account is added, if anything. */
export function fullWarning(rows: readonly Row[]): string | null {
	const unlisted = rows.find((row) => !row.listed);
	if (unlisted)
		return `Signing somebody else in now leaves ${unlisted.user.name} behind: this device does not remember that account.`;
	if (rows.length < maximumSessions) return null;
	return (
		`This device holds ${rows.length} accounts, the most it remembers. ` +
		"One more can be signed in, but is gone as soon as you switch away from it."
	);
}

const conjunction = new Intl.ListFormat("en", { type: "conjunction" });

export function listed(names: readonly string[]): string {
	return conjunction.format(names);
}
