import { expect, test } from "vitest";
import {
	activated,
	activeId,
	destroy,
	deviceChanged,
	known,
	outcomes,
	proceed,
	read,
	revoke,
	revoked,
	seen,
	setActive,
	sleep,
	stale,
} from "./play.js";

test("where another tab speaks the device is read, unless nobody looks", () => {
	expect(proceed(known(), deviceChanged).effects).toEqual(["+ readDevice fresh"]);
	expect(proceed(known(), sleep, deviceChanged).state).toBe("idle");
});

test("a command that comes then is decided by what that read finds", () => {
	const waiting = proceed(known(), deviceChanged, revoke("b", 1));
	expect(waiting.state).toBe("loading");
	const next = proceed(waiting, read("b"));
	expect([activeId(next), next.effects.at(-1)]).toEqual(["b", "+ revokeRows one b"]);
});

test("a switch that another tab came before is decided anew, once the device was read, and without asking the app again", () => {
	const looking = proceed(known(), setActive("b", 1), stale);
	expect([looking.state, outcomes(looking)]).toEqual(["loading", {}]);
	const again = proceed(looking, read("c"));
	expect([again.state, activeId(again), again.context.command?.asked]).toEqual(["switching", "c", true]);
	expect(outcomes(proceed(again, activated("b")))).toEqual({ 1: "ok" });
	expect(outcomes(proceed(looking, read("b")))).toEqual({ 1: "ok" });
	expect(outcomes(proceed(looking, read("a", ["a"])))).toEqual({ 1: "unknown-session" });
});

test("a switch that is made again ends where another tab came before: who is active is that tab's doing", () => {
	const again = proceed(known(), setActive("b", 1), activated("b"), seen("a"));
	expect(again.effects).toContain("+ switchTo b");
	const looking = proceed(again, stale);
	expect([looking.state, looking.context.expected]).toEqual(["loading", null]);
	const next = proceed(looking, read("a"));
	expect([next.state, activeId(next), next.context.commandError]).toEqual(["idle", "a", null]);
	// Clicked in between, it is wanted all the same.
	const clicked = proceed(again, setActive("b", 2), stale, read("a"));
	expect([clicked.state, clicked.context.command?.tries]).toEqual(["switching", 0]);
});

test("a revoke of what the other tab has signed out by then is success", () => {
	expect(outcomes(proceed(known(), revoke("c", 1), stale, read("a", ["a", "b"])))).toEqual({ 1: "ok" });
});

test("a newer click takes its place, and destroy() ends it", () => {
	const clicked = proceed(known(), setActive("b", 1), setActive("c", 2), stale);
	expect(outcomes(clicked)).toEqual({ 1: "superseded" });
	expect(proceed(clicked, read("a")).effects.at(-1)).toBe("+ switchTo c");
	const gone = proceed(known(), setActive("b", 1), destroy, stale);
	expect([gone.stopped, outcomes(gone)]).toEqual([true, { 1: "destroyed" }]);
});

test("what another tab says while a command is under way is read after it", () => {
	const after = proceed(known(), revoke("c", 1), deviceChanged, revoked("c"), { type: "command.done" });
	expect([after.state, outcomes(after)]).toEqual(["loading", { 1: "ok" }]);
});
