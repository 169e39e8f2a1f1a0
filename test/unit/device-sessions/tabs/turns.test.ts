import { expect, test } from "vitest";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";
import { createTurns } from "../../../../src/device-sessions/tabs/turns.js";
import { createRandom, createTestClock } from "../../../../src/testing/clock.js";

function openDevice() {
	const texts = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => texts.get(key) ?? null,
		setItem: (key: string, text: string) => void texts.set(key, text),
	};
	const clock = toClock(createTestClock(0, createRandom(1)));
	return { texts, openTab: () => createTurns(createStorage({ localStorage }), clock) };
}

test("a tab that has read nothing is not overtaken", () => {
	const { openTab } = openDevice();
	openTab().take();
	expect(openTab().isOvertaken()).toBe(false);
});

test("a turn of another tab overtakes those that have read before it, until they read again", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	one.catchUp();
	expect(one.isOvertaken()).toBe(false);
	other.take();
	expect([one.isOvertaken(), one.isOvertaken(), other.isOvertaken()]).toEqual([true, true, false]);
	one.catchUp();
	expect(one.isOvertaken()).toBe(false);
});

test("a tab's own turn does not overtake itself, and that of another after it does", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	one.take();
	expect(one.isOvertaken()).toBe(false);
	other.take();
	expect(one.isOvertaken()).toBe(true);
});

test("two turns in the same millisecond are two", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	other.take();
	one.catchUp();
	other.take();
	expect(one.isOvertaken()).toBe(true);
});

test("nothing but numbers is kept", () => {
	const { texts, openTab } = openDevice();
	openTab().take();
	expect([...texts.values()].join()).toMatch(/^[\d.]+$/);
});

test("where nothing can be shared, no tab is overtaken", () => {
	const clock = toClock(createTestClock(0, createRandom(1)));
	const denied = () => {
		throw new DOMException("denied", "SecurityError");
	};
	const localStorage = { getItem: denied, setItem: denied };
	for (const page of [undefined, {}, { localStorage }]) {
		const [one, other] = [createTurns(createStorage(page), clock), createTurns(createStorage(page), clock)];
		one.take();
		other.take();
		expect(one.isOvertaken()).toBe(false);
	}
});
