import { describe, expect, test } from "vitest";
import { type ConnectOptions, connect, toDomProps } from "../../../src/connect/index.js";
import type { DeviceSessionsState } from "../../../src/index.js";
import { account, ada, bob, click, ended, errorOf, recordingStore, stateOf } from "./state.js";

const { store: idle } = recordingStore();
const shown = (state: DeviceSessionsState, options?: ConnectOptions) => connect(state, idle, options);

describe("phases", () => {
	const halfWay = { signingIn: { from: ada }, sessions: [bob] };
	test.each([
		["pending", "Loading accounts…", stateOf({ isPending: true, sessions: [] })],
		["empty", "Nobody is signed in. Add an account to continue", stateOf({ sessions: [] })],
		["choose", "Choose an account to continue", stateOf({ sessions: [bob] })],
		["signing-in", "Finish signing in, or cancel", stateOf(halfWay)],
		["signing-in", "Finish signing in, or cancel", stateOf({ ...halfWay, sessions: [] })],
		["ready", null, stateOf()],
	] as const)("%s: %s", (phase, note, state) => {
		expect(shown(state)).toMatchObject({ phase, note });
	});

	test("nothing known yet, and a read that failed: the error is what there is to read", () => {
		const state = stateOf({ isPending: true, sessions: [], error: errorOf("network", "refetch") });
		expect(shown(state)).toMatchObject({ phase: "pending", note: null, error: { retry: "refetch" } });
	});
});

describe("notes", () => {
	const unlisted = account("Ada", { active: true, listed: false });
	const full = { limit: 2, isFull: true };
	test.each([
		["what shows may be old", { error: errorOf("network", "refetch") }, /older information/],
		["the active account would be lost", { sessions: [unlisted, bob] }, /signs this account out/],
		["no more accounts can be added", full, /2 accounts/],
		["what is lost comes before what does not fit", { ...full, sessions: [unlisted, bob] }, /signs this account out/],
		["that it may be old comes before both", { ...full, error: errorOf("network") }, /older information/],
		["a sign-in comes before all", { ...full, signingIn: { from: null }, error: errorOf("network") }, /Finish/],
	])("%s", (_, given, note) => {
		expect(shown(stateOf(given)).note).toMatch(note);
	});

	test("a text that was emptied is no note", () => {
		expect(shown(stateOf({ sessions: [] }), { messages: { empty: "" } }).note).toBeNull();
	});
});

describe("rows", () => {
	test("keep the store's order, with one of them current", () => {
		const { rows, current } = shown(stateOf({ sessions: [bob, ada] }));
		expect(rows.map(({ name, current }) => [name, current])).toEqual([
			["Bob", false],
			["Ada", true],
		]);
		expect(current).toBe(rows[1]);
		expect(rows[0]).toMatchObject({ id: "Bob", email: "bob@example.com", listed: true, account: bob, image: null });
	});

	test("two people of one name have their email addresses", () => {
		const sessions = [account("Ada", { active: true }), account("Ada", { id: "other", email: "lovelace@example.com" })];
		expect(shown(stateOf({ sessions })).rows.map(({ name, email }) => `${name} ${email}`)).toEqual([
			"Ada ada@example.com",
			"Ada lovelace@example.com",
		]);
	});

	test("of one name are told apart by their email addresses in texts too", () => {
		const other = account("Ada", { id: "other", email: "lovelace@example.com" });
		const { triggerProps, signOutProps } = shown(stateOf({ sessions: [ada, other, bob] }));
		expect(triggerProps["aria-label"]).toBe("Account: Ada (ada@example.com)");
		expect(["other", "Bob"].map((id) => signOutProps(id)["aria-label"])).toEqual([
			"Sign out Ada (lovelace@example.com)",
			"Sign out Bob",
		]);
	});

	test("stay the same objects while nothing in them changes", () => {
		const sessions = [Object.freeze(account("Ada", { active: true })), Object.freeze(account("Bob"))];
		const [first, second] = [shown(stateOf({ sessions })), shown(stateOf({ sessions, switching: "Bob" }))];
		expect(second.rows[0]).toBe(first.rows[0]);
		expect(second.rows[1]).not.toBe(first.rows[1]);
		expect(shown(stateOf({ sessions }), { badge: ({ id }) => id }).rows[0]).not.toBe(first.rows[0]);
	});

	test("follow a row that is changed in place, as a store of Solid's does", () => {
		const sessions = [account("Ada", { active: true })];
		expect(shown(stateOf({ sessions })).current?.name).toBe("Ada");
		Object.assign(sessions[0] ?? {}, account("Bob"));
		expect(shown(stateOf({ sessions })).rows[0]).toMatchObject({ name: "Bob", current: false });
	});

	test.each([
		["a switch", stateOf({ switching: "Bob" }), undefined, ["Bob"]],
		["a sign-out", stateOf({ revoking: ["Ada", "Bob"] }), undefined, ["Ada", "Bob"]],
		["the click, which alone is", stateOf({ switching: "Ada" }), "Bob", ["Bob"]],
		["the click, before it has begun", stateOf(), "Bob", ["Bob"]],
		["nothing", stateOf(), null, []],
	])("are busy with %s", (_, state, chosen, busy) => {
		const { rows, rowProps } = shown(state, { chosen });
		expect(rows.filter((row) => row.busy).map(({ id }) => id)).toEqual(busy);
		for (const { id, busy } of rows) expect(rowProps(id)["aria-busy"]).toBe(busy ? "true" : undefined);
	});

	test("have the badge that the app gives them", () => {
		const { rows } = shown(stateOf(), { badge: ({ user }) => (user.name === "Bob" ? "3" : null) });
		expect(rows.map(({ badge }) => badge)).toEqual([null, "3"]);
	});
});

describe("props", () => {
	test("name the trigger after the active account, else after what it opens", () => {
		expect(shown(stateOf()).triggerProps).toEqual({
			type: "button",
			"aria-haspopup": "dialog",
			"aria-label": "Account: Ada",
		});
		expect(shown(stateOf({ sessions: [bob] })).triggerProps["aria-label"]).toBe("Accounts");
		expect(shown(stateOf({ sessions: [] })).triggerProps["aria-label"]).toBe("Sign in");
		expect(shown(stateOf()).popupProps).toEqual({ role: "dialog", "aria-label": "Accounts" });
	});

	test("mark the current row, and no other", () => {
		const { rowProps } = shown(stateOf());
		expect([rowProps("Ada"), rowProps("Bob")].map((props) => props["aria-current"])).toEqual(["true", undefined]);
	});

	test("each handler calls its command, and what it returns is nobody's business", () => {
		const { store, calls } = recordingStore();
		const state = stateOf({ ended: [ended("Cy")], error: errorOf("server", "multiSession.listDeviceSessions") });
		const shown = connect(state, store);
		const all = [
			shown.rowProps("Bob"),
			shown.signOutProps("Ada"),
			shown.forgetProps("user-Cy"),
			shown.retryProps,
			shown.cancelSignInProps,
			shown.signOutAllProps,
		];
		for (const props of all) {
			const event = click();
			expect(props.onClick?.(event)).toBeUndefined();
			expect(event.preventDefault).toHaveBeenCalledOnce();
			expect(props.type).toBe("button");
		}
		expect(calls).toEqual([
			["setActive", "Bob"],
			["revoke", "Ada"],
			["forget", "user-Cy"],
			["refetch"],
			["cancelSignIn"],
			["signOutAll"],
		]);
		expect(shown.signOutProps("Ada")["aria-label"]).toBe("Sign out Ada");
		expect(shown.forgetProps("user-Cy")["aria-label"]).toBe("Forget Cy");
	});

	test("of an unknown id there is no handler", () => {
		const { rowProps, signOutProps, forgetProps, retryProps } = shown(stateOf());
		for (const props of [rowProps("x"), signOutProps("x"), forgetProps("x"), forgetProps("Ada"), retryProps])
			expect(props).toEqual({ type: "button" });
	});

	test("where the device is full adding is disabled, and a link is not followed", () => {
		const { canAdd, addProps } = shown(stateOf({ limit: 2, isFull: true }));
		const event = click();
		addProps.onClick?.(event);
		expect([canAdd, addProps["aria-disabled"]]).toEqual([false, "true"]);
		expect(event.preventDefault).toHaveBeenCalled();
		const free = shown(stateOf({ limit: 3 }));
		expect([free.canAdd, free.addProps["aria-disabled"], free.addProps.onClick]).toEqual([true, undefined, undefined]);
	});

	test("toDomProps names the handler as the DOM does, and leaves the rest", () => {
		const { rowProps } = shown(stateOf());
		const props = rowProps("Bob");
		const { onClick, ...attributes } = props;
		expect(toDomProps(props)).toEqual({ ...attributes, onclick: onClick });
		expect(toDomProps(rowProps("x"))).toEqual({ type: "button" });
	});
});

test("ended accounts have a name, an email address and initials, whatever is known of them", () => {
	const state = stateOf({
		ended: [ended("Cy"), { ...ended("Di"), name: null }, { ...ended("Ed"), name: "", email: null }],
	});
	expect(shown(state).ended).toMatchObject([
		{ id: "user-Cy", name: "Cy", email: "cy@example.com", initials: "C", endedAt: 0 },
		{ name: "di@example.com", initials: "D" },
		{ name: "Unnamed account", email: "" },
	]);
});
