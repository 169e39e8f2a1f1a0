import { describe, expect, test } from "vitest";
import { connect } from "../../../src/connect/index.js";
import type { OperationErrorKind } from "../../../src/index.js";
import { account, bob, click, errorOf, recordingStore, stateOf } from "./state.js";

// A kind that is missing here does not compile.
const kinds = Object.keys({
	"invalid-input": 0,
	unauthorized: 0,
	"session-gone": 0,
	forbidden: 0,
	"rate-limited": 0,
	rejected: 0,
	server: 0,
	network: 0,
	timeout: 0,
	aborted: 0,
	"invalid-response": 0,
	superseded: 0,
	refused: 0,
	callback: 0,
	busy: 0,
	conflict: 0,
	partial: 0,
	"active-unlisted": 0,
	"unknown-session": 0,
	destroyed: 0,
} satisfies Record<OperationErrorKind, 0>) as OperationErrorKind[];
const silent = ["superseded", "refused", "destroyed"];
const { store: idle } = recordingStore();
const errorFor = (kind: OperationErrorKind, operation?: string) =>
	connect(stateOf({ error: errorOf(kind, operation) }), idle).error;

test.each(kinds.filter((kind) => !silent.includes(kind)))("%s has words for a person, not the developer's", (kind) => {
	expect(errorFor(kind)).toMatchObject({ kind, text: expect.stringMatching(/^[A-Z].+[a-z?]$/) });
	expect(errorFor(kind)?.text).not.toContain("developers");
});

test.each(kinds.filter((kind) => silent.includes(kind)))("%s never shows", (kind) => {
	expect(errorFor(kind)).toBeNull();
});

test("no error, nothing to show", () => {
	expect(connect(stateOf(), idle).error).toBeNull();
});

test.each(["refetch", "multiSession.listDeviceSessions", "getSession"])(
	"a read that failed in %s is made again",
	(name) => {
		expect(errorFor("server", name)?.retry).toBe("refetch");
	},
);

test.each(["setActive", "multiSession.setActive", "revoke", "signOutOthers", "signOut", "onIdentityChange", "forget"])(
	"what failed in %s is not",
	(name) => {
		expect(errorFor("server", name)?.retry).toBeNull();
	},
);

describe("away from an account that the server does not list", () => {
	const sessions = [account("Ada", { active: true, listed: false }), bob, account("Cy")];
	const asked = stateOf({ sessions, error: errorOf("active-unlisted") });

	test("the account that was clicked is switched to, leaving it", () => {
		const { store, calls } = recordingStore();
		connect(stateOf({ sessions }), store).rowProps("Cy").onClick?.(click());
		const shown = connect(asked, store);
		expect(shown.error?.retry).toBe("leave-unlisted");
		shown.retryProps.onClick?.(click());
		expect(calls.at(-1)).toEqual(["setActive", "Cy", { leaveUnlisted: true }]);
	});

	test("the app's own choice comes first", () => {
		const { store, calls } = recordingStore();
		connect(asked, store, { chosen: "Bob" }).retryProps.onClick?.(click());
		expect(calls).toEqual([["setActive", "Bob", { leaveUnlisted: true }]]);
	});

	test("where it is not known who was meant, the only other one is; else nobody", () => {
		const { store, calls } = recordingStore();
		connect(asked, store).retryProps.onClick?.(click());
		expect(calls).toEqual([]);
		connect({ ...asked, sessions: sessions.slice(0, 2) }, store).retryProps.onClick?.(click());
		expect(calls).toEqual([["setActive", "Bob", { leaveUnlisted: true }]]);
	});
});

test("an app's text for one kind leaves the others; its other stands for what has none", () => {
	const say = (kind: OperationErrorKind) =>
		connect(stateOf({ error: errorOf(kind) }), idle, { messages: { errors: { busy: () => "Besetzt", other: "Pech" } } })
			.error?.text;
	expect([say("busy"), say("rejected"), say("server")]).toEqual([
		"Besetzt",
		"Pech",
		"The server has a problem. Try again in a moment",
	]);
});
