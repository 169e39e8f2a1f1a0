import { expect, test } from "vitest";
import * as on from "./events.js";
import { activeId, outcomes, proceed } from "./play.js";
import { known } from "./situations.js";

test("where another tab speaks the device is read, unless nobody looks", () => {
	expect(proceed(known(), on.moved()).effects).toEqual(["+ readDevice settled"]);
	expect(proceed(known(), on.sleep, on.moved()).state).toBe("idle");
});

test("a command that comes then is decided by what that read finds", () => {
	const waiting = proceed(known(), on.moved("v2"), on.knowing("v2", on.revoke("b", 1)));
	expect(waiting.state).toBe("loading");
	const next = proceed(waiting, on.readAt("v2", "b"));
	expect([activeId(next), next.effects.at(-1)]).toEqual(["b", "+ revokeRows one b"]);
});

test("a switch that another tab came before is decided anew, once the device was read, and knows what the app was asked", () => {
	const asked = { from: "a", to: "b" };
	const looking = proceed(known(), on.setActive("b", 1), on.stale("v2", asked));
	expect([looking.state, outcomes(looking)]).toEqual(["loading", {}]);
	const again = proceed(looking, on.readAt("v2", "c"));
	expect([again.state, activeId(again), again.context.command?.asked]).toEqual(["switching", "c", asked]);
	expect(outcomes(proceed(again, on.activated("b")))).toEqual({ 1: "ok" });
	expect(outcomes(proceed(looking, on.readAt("v2", "b")))).toEqual({ 1: "ok" });
	expect(outcomes(proceed(looking, on.readAt("v2", "a", ["a"])))).toEqual({ 1: "unknown-session" });
});

test("a switch that is made again ends where another tab came before: who is active is that tab's doing", () => {
	const again = proceed(known(), on.setActive("b", 1), on.activated("b"), on.seen("a"));
	expect(again.effects).toContain("+ switchTo b");
	const looking = proceed(again, on.stale());
	expect([looking.state, looking.context.check]).toEqual(["loading", null]);
	const next = proceed(looking, on.readAt("v2", "a"));
	expect([next.state, activeId(next), next.context.commandError]).toEqual(["idle", "a", null]);
	// Clicked in between, it is wanted all the same.
	const clicked = proceed(again, on.setActive("b", 2), on.stale("v2"), on.readAt("v2", "a"));
	expect(clicked.state).toBe("switching");
	expect(clicked.context.command).toMatchObject({ type: "switch", tries: 0 });
});

test("a revoke of what the other tab has signed out by then is success", () => {
	expect(outcomes(proceed(known(), on.revoke("c", 1), on.stale("v2"), on.readAt("v2", "a", ["a", "b"])))).toEqual({
		1: "ok",
	});
});

test("a newer click takes its place, and destroy() ends it", () => {
	const clicked = proceed(known(), on.setActive("b", 1), on.setActive("c", 2), on.stale());
	expect(outcomes(clicked)).toEqual({ 1: "superseded" });
	expect(proceed(clicked, on.readAt("v2", "a")).effects.at(-1)).toBe("+ switchTo c");
	const gone = proceed(known(), on.setActive("b", 1), on.destroy, on.stale());
	expect([gone.stopped, outcomes(gone)]).toEqual([true, { 1: "destroyed" }]);
});

test("what another tab says while a command is under way is read after it", () => {
	const after = proceed(known(), on.revoke("c", 1), on.moved(), on.revoked("c"), { type: "command.done" });
	expect([after.state, outcomes(after)]).toEqual(["loading", { 1: "ok" }]);
});
