import { createRandom } from "../../src/testing/clock.js";

/** What happens in one run, drawn from its seed. Tabs and people are numbers: whoever that is when the time comes. */
export type Happening =
	| { what: "setActive"; tab: number; row: number; leaveUnlisted?: true }
	| { what: "revoke"; tab: number; row: number; next?: number }
	/** `certain`: past the cookie cache. */
	| { what: "refetch"; tab: number; certain?: true }
	| { what: "signOutOthers" | "signOutAll"; tab: number }
	| { what: "signIn"; tab: number; person: number }
	/** A call of the app's, past the store. */
	| { what: "call"; tab: number; path: "updateUser" | "getSession" | "listSessions" }
	| { what: "end" | "expire" | "ripen"; person: number }
	| {
			what: "disturb";
			path: string;
			delay: number;
			lag: number;
			lose: "request" | "answer" | "body" | null;
			answer: Broken;
			/** Of a limit: the header; null is none. */
			retryAfter?: string | null;
	  }
	| { what: "openTab" }
	| { what: "closeTab" | "focus" | "offline" | "online"; tab: number };

/** What stands in place of an answer: none, a server's fault, a rate limit, or what cannot be read. */
export type Broken = null | "fault" | "limit" | "html" | "shape";

export interface Schedule {
	readonly seed: number;
	/** The client has the plugin: nothing waits for the app's own calls, which are seen. */
	readonly hasPlugin: boolean;
	readonly people: readonly string[];
	readonly tabs: number;
	readonly maximumSessions: number;
	readonly latency: number;
	readonly steps: readonly { readonly after: number; readonly happens: Happening }[];
}

export const people = ["Ada", "Bob", "Cy", "Dee"];

export const mutations = [
	"POST /multi-session/set-active",
	"POST /multi-session/revoke",
	"POST /revoke-session",
	"POST /sign-out",
];
export const paths = [
	"/multi-session/list-device-sessions",
	"/get-session",
	"/multi-session/set-active",
	"/multi-session/revoke",
	"/sign-out",
];
/** Of the app's own calls: they are disturbed in wide schedules alone. */
export const ownPaths = ["/sign-in/email", "/sign-up/email", "/two-factor/verify-totp", "/update-user"];

/** @param seed the same seed is the same schedule */
export function draw(seed: number, hasPlugin = false): Schedule {
	const random = createRandom(seed);
	const below = (n: number) => Math.floor(random() * n);
	const oneOf = <T>(items: readonly T[]): T => {
		const item = items[below(items.length)];
		if (item === undefined) throw new Error("Nothing to choose from.");
		return item;
	};
	const tab = () => below(4);

	function happening(): Happening {
		const weight = below(100);
		if (weight < 34) return { what: "setActive", tab: tab(), row: below(4) };
		if (weight < 46) return { what: "revoke", tab: tab(), row: below(4), ...(below(2) && { next: below(4) }) };
		if (weight < 50) return { what: "signOutOthers", tab: tab() };
		if (weight < 52) return { what: "signOutAll", tab: tab() };
		if (weight < 55) return { what: "refetch", tab: tab() };
		if (hasPlugin && weight >= 84 && below(2))
			return below(2)
				? { what: "signIn", tab: tab(), person: below(4) }
				: { what: "call", tab: tab(), path: oneOf(["updateUser", "getSession", "listSessions"] as const) };
		if (weight < 62) return { what: "signIn", tab: tab(), person: below(4) };
		if (weight < 66) return { what: oneOf(["end", "expire"] as const), person: below(4) };
		if (weight < 69) return { what: "ripen", person: below(4) };
		if (weight < 73) return { what: "openTab" };
		if (weight < 76) return { what: "closeTab", tab: tab() };
		if (weight < 80) return { what: "focus", tab: tab() };
		if (weight < 82) return { what: "offline", tab: tab() };
		if (weight < 84) return { what: "online", tab: tab() };
		const kind = below(5);
		return {
			what: "disturb",
			path: oneOf(paths),
			delay: kind === 0 ? below(3_000) : 0,
			lag: kind === 1 ? below(3_000) : 0,
			lose: kind === 2 ? "request" : kind === 3 ? "answer" : null,
			answer: kind === 4 ? oneOf(["fault", "limit", "html", "shape"] as const) : null,
		};
	}

	return {
		seed,
		hasPlugin,
		people: people.slice(0, 1 + below(4)),
		tabs: 1 + below(4),
		maximumSessions: oneOf([2, 5, 5, 5]),
		latency: oneOf([5, 50, 200]),
		steps: Array.from({ length: 2 + below(9) }, () => ({
			// Most things happen at once or nearly so: that is where it goes wrong.
			after: oneOf([0, 0, below(20), below(100), below(600)]),
			happens: happening(),
		})),
	};
}

const faults = new Set<Happening["what"]>(["disturb", "offline", "online", "end", "expire", "ripen"]);

/** The same schedule on a day when nothing goes wrong: no request is delayed, lost or refused, and no session ends elsewhere. */
export const withoutFaults = (schedule: Schedule): Schedule => ({
	...schedule,
	steps: schedule.steps.filter(({ happens }) => !faults.has(happens.what)),
});
