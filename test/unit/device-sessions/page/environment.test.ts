import { describe, expect, test } from "vitest";
import { clockOf, type Page, pageOf, pretend, watchPage } from "../../../../src/device-sessions/page/environment.js";
import { createTestClock } from "../../../../src/testing/clock.js";

/** A target that can be asked who listens. */
function createTarget() {
	const target = new EventTarget();
	const listeners = new Set<unknown>();
	return {
		listeners,
		dispatchEvent: target.dispatchEvent.bind(target),
		addEventListener(type: string, listener: (event: Event) => void) {
			listeners.add(listener);
			target.addEventListener(type, listener);
		},
		removeEventListener(type: string, listener: (event: Event) => void) {
			listeners.delete(listener);
			target.removeEventListener(type, listener);
		},
	};
}

function openPage(more: Pick<Page, "navigator"> = {}) {
	const window = createTarget();
	const document = Object.assign(createTarget(), { visibilityState: "visible" });
	const heard: string[] = [];
	const stop = watchPage(
		{ ...window, document, ...more },
		{
			onFreeze: () => heard.push("freeze"),
			onFocus: () => heard.push("focus"),
			onResume: () => heard.push("resume"),
			onLine: (online) => heard.push(online ? "online" : "offline"),
		},
	);
	const fire = (target: "window" | "document", type: string, more: object = {}) =>
		({ window, document })[target].dispatchEvent(Object.assign(new Event(type), more));
	return { heard, stop, fire, document, listeners: () => window.listeners.size + document.listeners.size };
}

describe("a page that is watched", () => {
	test.each([
		["window", "pagehide", ["freeze"]],
		["document", "freeze", ["freeze"]],
		["document", "resume", ["resume"]],
		["window", "focus", ["focus"]],
		["document", "visibilitychange", ["focus"]],
		["window", "online", ["online"]],
		["window", "offline", ["offline"]],
		["window", "blur", []],
	] as const)("tells, on the %s's %s: %o", (target, type, expected) => {
		const { heard, fire } = openPage();
		fire(target, type);
		expect(heard).toEqual(expected);
	});

	test("is not come back to while it is hidden", () => {
		const { heard, fire, document } = openPage();
		document.visibilityState = "hidden";
		fire("document", "visibilitychange");
		expect(heard).toEqual([]);
	});

	test("resumes out of the back-forward cache, and not when it is loaded", () => {
		const { heard, fire } = openPage();
		fire("window", "pageshow");
		fire("window", "pageshow", { persisted: false });
		expect(heard).toEqual([]);
		fire("window", "pageshow", { persisted: true });
		expect(heard).toEqual(["resume"]);
	});

	test("says at once that it is offline; online goes without saying", () => {
		expect(openPage({ navigator: { onLine: false } }).heard).toEqual(["offline"]);
		expect(openPage({ navigator: { onLine: true } }).heard).toEqual([]);
		expect(openPage({ navigator: {} }).heard).toEqual([]);
	});

	test("is left as it was, once it is no longer watched", () => {
		const { heard, stop, fire, listeners } = openPage();
		expect(listeners()).toBeGreaterThan(0);
		stop();
		expect(listeners()).toBe(0);
		fire("window", "focus");
		expect(heard).toEqual([]);
	});
});

test.each([
	["no page", undefined],
	["a page that tells nothing", {}],
])("%s is watched in vain, and can be left", (_, page) => {
	const unheard = () => expect.unreachable();
	const listener = { onFreeze: unheard, onFocus: unheard, onResume: unheard, onLine: unheard };
	expect(() => watchPage(page, listener)()).not.toThrow();
});

test("a page without a document, as of a worker, is watched as far as it goes", () => {
	const heard: string[] = [];
	const window = createTarget();
	const note = (what: string) => () => heard.push(what);
	watchPage(window, { onFreeze: note("freeze"), onFocus: note("focus"), onResume: note("resume"), onLine: () => {} });
	window.dispatchEvent(new Event("focus"));
	expect(heard).toEqual(["focus"]);
});

test("on a server there is no page; a client that was given one has it, and its time", () => {
	const [plain, client] = [{}, {}];
	const [page, clock] = [{}, createTestClock(0, () => 0)];
	pretend(client, { page, clock });
	expect([pageOf(plain), clockOf(plain)]).toEqual([undefined, undefined]);
	expect(pageOf(client)).toBe(page);
	expect(clockOf(client)).toBe(clock);
});
