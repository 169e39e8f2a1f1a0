import { expect, test } from "vitest";
import { connect } from "../../../src/connect/index.js";
import type { DeviceSessionsState } from "../../../src/index.js";
import { account, ada, adaLeft, bob, bobActive, errorOf, recordingStore, stateOf } from "./state.js";

const { store } = recordingStore();
const said = (previous: DeviceSessionsState | undefined, state: DeviceSessionsState) =>
	connect(state, store, { previous }).announcement;
const pending = stateOf({ isPending: true, sessions: [] });
const cy = account("Cy");
const after = stateOf({ sessions: [adaLeft, bobActive] });

test.each([
	["a switch begins", stateOf(), stateOf({ switching: "Bob" }), "Switching to Bob…"],
	["it turns to somebody else", stateOf({ switching: "Ada" }), stateOf({ switching: "Bob" }), "Switching to Bob…"],
	["it is over", stateOf({ switching: "Bob" }), after, "Now using Bob"],
	["another tab has switched", stateOf(), after, "Now using Bob"],
	["somebody signs in", stateOf({ sessions: [] }), stateOf({ sessions: [ada] }), "Now using Ada"],
	["a sign-out begins", stateOf(), stateOf({ revoking: ["Bob"] }), "Signing out…"],
	["it is over", stateOf({ revoking: ["Bob"] }), stateOf({ sessions: [ada] }), "Signed out Bob"],
	["the next one begins", stateOf({ revoking: ["Ada"] }), stateOf({ revoking: ["Bob"] }), "Signing out…"],
	["the active account goes", stateOf(), stateOf({ sessions: [bobActive] }), "Signed out Ada. Now using Bob"],
	["several go", stateOf({ sessions: [ada, bob, cy] }), stateOf({ sessions: [ada] }), "Signed out Bob. Signed out Cy"],
	["all go", stateOf({ revoking: ["Ada", "Bob"] }), stateOf({ sessions: [] }), "Signed out of all accounts"],
	["the only one goes", stateOf({ sessions: [ada] }), stateOf({ sessions: [] }), "Signed out Ada"],
	["nobody is active any more", stateOf(), stateOf({ sessions: [adaLeft, bob] }), "Choose an account to continue"],
	[
		"a sign-in stops half-way",
		stateOf(),
		stateOf({ sessions: [adaLeft, bob], signingIn: { from: ada } }),
		"Finish signing in, or cancel",
	],
	["it is cancelled", stateOf({ sessions: [adaLeft, bob], signingIn: { from: ada } }), stateOf(), "Now using Ada"],
])("%s", (_, previous, state, announcement) => {
	expect(said(previous, state)).toBe(announcement);
});

const again = account("Ada", { id: "new", user: ada.user, active: true });
test.each([
	["nothing was shown before", undefined, stateOf()],
	["nothing was known before", pending, stateOf()],
	["nothing is known", stateOf(), pending],
	["nothing has changed", stateOf(), stateOf()],
	["a read has begun", stateOf(), stateOf({ status: "loading" })],
	["an account has come", stateOf({ sessions: [ada] }), stateOf()],
	["who is active has signed in again", stateOf(), stateOf({ sessions: [again, bob] })],
	["something went wrong, which an alert says", stateOf(), stateOf({ error: errorOf("server") })],
	["a switch is shown that is not over", stateOf({ switching: "Bob" }), stateOf({ switching: "Bob" })],
])("nothing is said where %s", (_, previous, state) => {
	expect(said(previous, state)).toBe("");
});

test("a text that was emptied is not said, and leaves no mark", () => {
	const messages = { signedOut: "" };
	const { announcement } = connect(stateOf({ sessions: [bobActive] }), store, { previous: stateOf(), messages });
	expect(announcement).toBe("Now using Bob");
});

test("it is a function of the two states alone", () => {
	expect([said(stateOf(), after), said(stateOf(), after)]).toEqual(["Now using Bob", "Now using Bob"]);
});
