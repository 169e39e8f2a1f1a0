import { describe, expect, test } from "vitest";
import { project } from "../../../../src/device-sessions/store/project.js";
import * as on from "../machine/events.js";
import { type Played, play, proceed } from "../machine/play.js";
import { known } from "../machine/situations.js";

/** What the store publishes after some events: `a` is active, `b` and `c` are there. */
const published = (...events: readonly Played[]) => project(proceed(known(), ...events).snapshot);

test("before anything is known it is pending, which is not the same as nobody", () => {
	expect(project(play().snapshot)).toEqual({
		status: "idle",
		isPending: true,
		sessions: [],
		active: null,
		signingIn: null,
		limit: null,
		isFull: false,
		ended: [],
		error: null,
		loadedAt: null,
		retryAt: null,
	});
	expect(published(on.signOutAll(1), on.signedOut())).toMatchObject({ isPending: false, sessions: [], active: null });
});

test("the rows are the machine's own, and the active account is one of them", () => {
	const { context, snapshot } = known();
	const state = project(snapshot);
	expect(state.sessions).toBe(context.rows);
	expect(state.active).toBe(context.rows[0]);
	expect(state).toMatchObject({ status: "idle", isPending: false, error: null, loadedAt: 1000 });
});

test("a device is full once it holds as many accounts as the server lists", () => {
	const { snapshot } = known();
	expect(project(snapshot, 4)).toMatchObject({ limit: 4, isFull: false });
	expect(project(snapshot, 3)).toMatchObject({ limit: 3, isFull: true });
	expect(project(snapshot, 2)).toMatchObject({ limit: 2, isFull: true });
	expect(project(snapshot)).toMatchObject({ limit: null, isFull: false });
});

describe("what is under way", () => {
	test("a read", () => {
		expect(published(on.refetch(1)).status).toBe("loading");
	});

	test("a switch, and to whom", () => {
		expect(published(on.setActive("b", 1))).toMatchObject({ status: "switching", target: "b" });
	});

	test("a switch that is made again, like any other", () => {
		const again = published(on.setActive("b", 1), on.activated("b"), on.seen("a"));
		expect(again).toMatchObject({ status: "switching", target: "b" });
	});

	test.each<[string, Played, readonly string[]]>([
		["one account", on.revoke("c", 1), ["c"]],
		["the others", on.signOutOthers(1), ["b", "c"]],
		["all", on.signOutAll(1), ["a", "b", "c"]],
	])("whom a sign-out of %s is about, in a list that nobody can change", (_, command, targets) => {
		const state = published(command);
		expect(state).toMatchObject({ status: "revoking", targets, done: 0 });
		expect("targets" in state && Object.isFrozen(state.targets)).toBe(true);
	});

	test("how many accounts are settled, signed out or not", () => {
		const one = [on.signOutOthers(1), on.revoked("c")];
		expect(published(...one)).toMatchObject({ status: "revoking", targets: ["b", "c"], done: 1 });
		expect(published(...one, on.revoked("c"))).toMatchObject({ done: 1 });
		expect(published(...one, on.rowFailed("b", "rate-limited"))).toMatchObject({ done: 2 });
	});

	test("a survivor that is gone does not count, nor does a failure of the whole", () => {
		expect(published(on.revoke("a", 1), on.revoked("b"))).toMatchObject({ targets: ["a"], done: 0 });
		expect(published(on.signOutOthers(1), on.commandFailed("busy"))).toMatchObject({ targets: ["b", "c"], done: 0 });
	});

	test("a command of unknown outcome is a read by then", () => {
		expect(published(on.revoke("c", 1), on.notDone("timeout", { unsure: true })).status).toBe("loading");
	});

	test("with nothing under way there is neither a target nor progress", () => {
		for (const property of ["target", "targets", "done"]) expect(published()).not.toHaveProperty(property);
	});
});

describe("the error", () => {
	test("of a command comes before that of a read, which shows again after it", () => {
		const both = [on.refetch(1), on.notRead("network"), on.setActive("b", 2), on.notDone("rejected")];
		expect(published(...both).error?.kind).toBe("rejected");
		expect(published(...both, on.setActive("c", 3)).error?.kind).toBe("network");
	});

	test("cannot be changed by whoever reads it", () => {
		expect(Object.isFrozen(published(on.refetch(1), on.notRead()).error)).toBe(true);
	});

	test("of a read that is made again says when", () => {
		const backing = published(on.moved(), on.notYetRead("network", 70_000));
		expect(backing).toMatchObject({ status: "idle", error: { kind: "network" }, retryAt: on.epoch + 70_000 });
	});
});
