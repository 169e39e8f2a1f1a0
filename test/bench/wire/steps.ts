import assert from "node:assert/strict";
import type { Seen, Truth, Visit } from "./visit.js";

/** What a person does on a device with ten accounts, and the least that it can take. */
export interface Step {
	readonly title: string;
	/** Round trips until it can be shown, and requests. */
	readonly least: { readonly trips: number; readonly requests: number; readonly why: string };
}

export const steps = {
	start: {
		title: "start",
		least: { trips: 1, requests: 2, why: "the list and the session, side by side" },
	},
	switch: {
		title: "switch",
		least: { trips: 1, requests: 1, why: "set-active answers who is active; a second request can only confirm it" },
	},
	back: {
		title: "back to the tab: somebody else is active",
		least: { trips: 1, requests: 2, why: "the list and the session, side by side" },
	},
	revoke: {
		title: "revoke another",
		least: { trips: 1, requests: 1, why: "the answer is yes or no, and who is active stays" },
	},
	revokeActive: {
		title: "revoke the active one",
		least: {
			trips: 2,
			requests: 2,
			why: "the answer does not say who comes next: a survivor is made active first, or asked for afterwards",
		},
	},
	others: {
		title: "sign out the nine others",
		least: { trips: 2, requests: 9, why: "no request ends several, and over HTTP/1.1 a browser sends six at a time" },
	},
	all: {
		title: "sign out all",
		least: { trips: 1, requests: 1, why: "one request ends every session" },
	},
} satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

/** The last who signed up is active. */
export const people = ["Ada", "Bob", "Cleo", "Dan", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon"];

/** Better Auth's client does not look again within five seconds, and this package within one. */
export const away = 5_500;

type Open = () => Promise<{ visit: Visit; seen: Seen; truth: Truth }>;
export type Walked = Partial<Record<StepName, Seen>>;

/** Whoever it was done by, the server did it. */
function isDone(truth: Truth, count: number, active?: string): void {
	assert.equal(truth.names.length, count);
	if (active !== undefined) assert.equal(truth.active, active);
}

/** The first part of a page's life, up to when the person goes away. */
export async function begin(open: Open) {
	const { visit, seen: start } = await open();
	const switched = await visit.do("switchTo", "Bob");
	isDone(switched.truth, people.length, "Bob");
	await visit.switchElsewhere("Cleo");
	return { visit, seen: { start, switch: switched.seen } };
}

/** The rest of it, once the person comes back. */
export async function goOn(visit: Visit): Promise<Walked> {
	const back = await visit.comeBack();
	isDone(back.truth, people.length, "Cleo");
	await visit.close();
	return { back: back.seen };
}

/** What ends sessions, on a new page each. */
export async function end(open: Open): Promise<Walked> {
	const seen: Walked = {};
	const endings = [
		["revoke", "revoke", "Ada", people.length - 1],
		["revokeActive", "revoke", "Jon", people.length - 1],
		["others", "signOutOthers", "", 1],
		["all", "signOutAll", "", 0],
	] as const;
	for (const [step, action, name, left] of endings) {
		const { visit } = await open();
		const done = await visit.do(action, name);
		isDone(done.truth, left);
		seen[step] = done.seen;
		await visit.close();
	}
	return seen;
}
