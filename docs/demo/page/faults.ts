import type { Choices } from "./choice.js";

/** Sends the request that a fault befalls. */
export type Send = () => Promise<Response>;

/** One way in which an answer goes wrong. */
export interface Fault {
	readonly label: string;
	answer(send: Send): Promise<Response>;
}

/** As where the network fails: fetch knows no other error. */
export class LostAnswer extends TypeError {}

const retryAfter = 5;

/** Whether the server has acted by then is what a fault differs in, and what a page can't see. */
export const faults: Choices<Fault> = [
	{
		label: "lost before it took effect",
		async answer() {
			throw new LostAnswer(this.label);
		},
	},
	{
		label: "lost after it took effect",
		async answer(send) {
			await send();
			throw new LostAnswer(this.label);
		},
	},
	{
		label: "JSON of another shape",
		async answer(send) {
			await send();
			return Response.json({ unexpected: true });
		},
	},
	{
		label: "HTML, as of a proxy",
		async answer(send) {
			await send();
			return new Response("<!doctype html><title>Welcome</title>", { headers: { "content-type": "text/html" } });
		},
	},
	{
		label: "500, nothing done",
		answer: async () => Response.json({ code: "MADE_UP_BY_THE_DEMO" }, { status: 500 }),
	},
	{
		label: `429, wait ${retryAfter} s`,
		answer: async () =>
			Response.json({ code: "MADE_UP_BY_THE_DEMO" }, { status: 429, headers: { "x-retry-after": String(retryAfter) } }),
	},
];

/** Requests that can be made to fail on their own. */
export interface Group {
	readonly label: string;
	has(path: string): boolean;
}

const group = (label: string, ...paths: string[]): Group => ({ label, has: (path) => paths.includes(path) });

export const groups: Choices<Group> = [
	{ label: "any request", has: () => true },
	group("list", "/multi-session/list-device-sessions"),
	group("get-session", "/get-session"),
	group("set-active", "/multi-session/set-active"),
	// An account that the list does not know is signed out by the core.
	group("revoke", "/multi-session/revoke", "/revoke-session"),
	group("sign-out", "/sign-out"),
	group("sign-in", "/sign-in/email", "/two-factor/send-otp", "/two-factor/verify-otp"),
	group("sign-up", "/sign-up/email"),
	group("password", "/request-password-reset", "/reset-password"),
	group("letters", "/demo/letters"),
	{ label: "organization", has: (path) => path.startsWith("/organization/") },
];
