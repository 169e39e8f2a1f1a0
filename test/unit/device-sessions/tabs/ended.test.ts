import { describe, expect, test, vi } from "vitest";
import { createEnded } from "../../../../src/device-sessions/tabs/ended.js";
import type { RowData } from "../../../../src/device-sessions/types.js";
import { openDevice } from "./device.js";

const key = "ended";
const day = 86_400_000;

function rowOf(id: string, user: object = {}): RowData {
	const at = new Date(0);
	return {
		id: `session-of-${id}`,
		listed: true,
		session: { id, userId: id, expiresAt: at, createdAt: at, updatedAt: at },
		user: { id, name: id, email: `${id}@example.com`, emailVerified: true, createdAt: at, updatedAt: at, ...user },
	};
}
const [ada, bob, cy] = [rowOf("ada"), rowOf("bob"), rowOf("cy")];

/** Tabs of a device that remember who has ended; the time is a second after the epoch. */
async function openTabs() {
	const device = openDevice();
	await device.time.advance(1_000);
	return {
		...device,
		openTab: () => createEnded(device.openStorage(), device.clock, true),
		/** Of an app that does not ask for it: it says no, or nothing. */
		openOther: (isOn?: false) => createEnded(device.openStorage(), device.clock, isOn),
		kept: () => device.openStorage().read(key),
	};
}
const idsOf = (accounts: readonly { readonly id: string }[]) => accounts.map(({ id }) => id);

describe("who was there at one version and is missed by a reading of the same", () => {
	test("has ended, and is remembered with a name, an email address, a picture and the time, nothing else", async () => {
		const { openTab, kept } = await openTabs();
		openTab().take("v1!", [ada, rowOf("bob", { image: "https://example.com/bob.png", phone: "555" })]);
		const account = {
			id: "bob",
			name: "bob",
			email: "bob@example.com",
			image: "https://example.com/bob.png",
			endedAt: 1_000,
		};
		expect(openTab().take("v1!", [ada], true)).toEqual([account]);
		// In other tabs, and after a reload, too.
		expect(openTab().take(null, [])).toEqual([account]);
		expect(kept()).not.toContain("555");
	});

	test("keeps the time at which that was found", async () => {
		const { openTab, time } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		openTab().take("v1!", [ada], true);
		await time.advance(5_000);
		expect(openTab().take("v1!", [ada], true)).toMatchObject([{ id: "bob", endedAt: 1_000 }]);
	});

	test("is not remembered any more once that user signs in again", async () => {
		const { openTab } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		openTab().take("v1!", [ada], true);
		expect(openTab().take("v2!", [ada, bob], true)).toEqual([]);
	});

	test("shows by null what is no text", async () => {
		const { openTab } = await openTabs();
		// Safe: what a server may send all the same.
		openTab().take("v1!", [ada, rowOf("bob", { name: null, email: 7 } as object)]);
		expect(openTab().take("v1!", [ada], true)).toMatchObject([{ id: "bob", name: null, email: null, image: null }]);
	});
});

describe("nobody has ended", () => {
	test.each([
		["where the version has moved: a change of this device's own explains it", "v2!", true],
		["where that was no reading", "v1!", false],
		["where the version is not certain", null, true],
	])("%s", async (_, version, isReading) => {
		const { openTab } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		expect(openTab().take(version, [ada], isReading)).toEqual([]);
	});

	test("where it is not said that it was one", async () => {
		const { openTab } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		expect(openTab().take("v1!", [ada])).toEqual([]);
	});

	test("while a change is under way, which may explain it", async () => {
		const { openTab } = await openTabs();
		openTab().take("v1", [ada, bob]);
		openTab().take("v1!", [ada, bob]);
		expect(openTab().take("v1", [ada], true)).toEqual([]);
		expect(openTab().take("v1!", [ada], true)).toMatchObject([{ id: "bob" }]);
	});

	test("before anything was read", async () => {
		const { openTab } = await openTabs();
		expect(openTab().take("v1!", [], true)).toEqual([]);
	});
});

test("it is forgotten after thirty days, whichever way the clock was set", async () => {
	const { openTab, time, texts } = await openTabs();
	openTab().take("v1!", [ada, bob]);
	openTab().take("v1!", [ada], true);
	await time.advance(30 * day - 1);
	expect(idsOf(openTab().take("v1!", [ada], true))).toEqual(["bob"]);
	await time.advance(1);
	expect(openTab().take("v1!", [ada], true)).toEqual([]);
	for (const [name, text] of texts) texts.set(name, text.replace(/"endedAt":\d+/, `"endedAt":${90 * day}`));
	expect(openTab().take("v1!", [ada], true)).toEqual([]);
});

test("ten are remembered at most", async () => {
	const { openTab } = await openTabs();
	const many = Array.from({ length: 12 }, (_, index) => rowOf(`person-${index}`));
	openTab().take("v1!", [ada, ...many]);
	expect(openTab().take("v1!", [ada], true)).toHaveLength(10);
});

describe("a person", () => {
	test("forgets one of them, and all of them", async () => {
		const { openTab } = await openTabs();
		openTab().take("v1!", [ada, bob, cy]);
		openTab().take("v1!", [ada], true);
		expect(idsOf(openTab().forget("bob"))).toEqual(["cy"]);
		expect(openTab().forget()).toEqual([]);
		expect(openTab().take(null, [])).toEqual([]);
	});

	test("who was forgotten is remembered again, once that user has been here again", async () => {
		const { openTab } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		openTab().take("v1!", [ada], true);
		openTab().forget("bob");
		openTab().take("v2!", [ada, bob]);
		expect(idsOf(openTab().take("v2!", [ada], true))).toEqual(["bob"]);
	});

	test("who was deleted is never remembered, also where a reading has that one still", async () => {
		const { openTab, kept } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		expect(openTab().forget("bob", true)).toEqual([]);
		openTab().take("v1!", [ada, bob], true);
		expect(openTab().take("v1!", [ada], true)).toEqual([]);
		expect(kept()).not.toContain("bob@example.com");
	});
});

describe("an app that does not ask for it", () => {
	test("remembers nobody", async () => {
		const { openOther, kept } = await openTabs();
		const tab = openOther();
		tab.take("v1!", [ada, bob]);
		expect([tab.take("v1!", [ada], true), tab.forget("ada", true), kept() ?? ""]).toEqual([[], [], ""]);
	});

	test("is shown none of those that another app on this device has asked for", async () => {
		const { openOther, openTab } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		openTab().take("v1!", [ada], true);
		expect([openOther().take(null, []), openOther().take("v1!", [ada], true), openOther().forget("ada")]).toEqual([
			[],
			[],
			[],
		]);
	});

	test("erases what was kept before where it says no, and leaves it where it says nothing", async () => {
		const { openOther, openTab, kept } = await openTabs();
		openTab().take("v1!", [ada, bob]);
		openOther();
		expect(kept()).toContain("bob");
		openOther(false);
		expect(kept() ?? "").toBe("");
	});

	test("writes nothing where nothing was kept", async () => {
		const { openOther, texts } = await openTabs();
		openOther(false);
		expect(texts.size).toBe(0);
	});
});

test("what others have put into the storage is nobody", async () => {
	const { openTab, openStorage } = await openTabs();
	for (const text of [
		"",
		"no JSON",
		"null",
		"[]",
		'{"version":1,"accounts":[]}',
		'{"version":"v1","accounts":[{"id":7}]}',
	]) {
		openStorage().write(key, text);
		expect(openTab().take(null, [])).toEqual([]);
	}
});

test("what has not changed is not written again: other tabs hear of each write", async () => {
	const { page, clock, openTab, openStorage } = await openTabs();
	openTab().take("v1!", [ada, bob]);
	const write = vi.fn();
	createEnded({ ...openStorage(page), write }, clock, true).take("v1!", [ada, bob], true);
	expect(write).not.toHaveBeenCalled();
});
