import { describe, expect, test } from "vitest";
import { createChannel, type Message } from "../../../../src/device-sessions/tabs/channel.js";
import { createVersion } from "../../../../src/device-sessions/tabs/version.js";
import { openDevice, withLuck } from "./device.js";

function openTabs() {
	const device = openDevice();
	let count = 0;
	return {
		...device,
		/** A tab, and the news that it has heard: what its machine is told. */
		openTab(page = device.page) {
			count += 1;
			const channel = createChannel(page);
			const version = createVersion(device.openStorage(page), channel, withLuck(device.clock, count));
			const news: Message[] = [];
			channel.listen((message) => {
				if (message && version.hear(message.version)) news.push(message);
			});
			return { ...version, news };
		},
	};
}
const key = "device-sessions:2:version";

test("a device where nothing has changed has a version, the same for all its tabs", () => {
	const { openTab } = openTabs();
	expect(openTab().current()).toBe(openTab().current());
});

test("each change has two versions, which no other change has, and the other tabs hear of both", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const versions = [one.move(false), one.move(true), other.move(false), other.move(true)];
	expect(new Set(versions).size).toBe(4);
	expect(other.news).toEqual([
		{ version: versions[0], isOver: false },
		{ version: versions[1], isOver: true },
	]);
	expect([one.current(), other.current(), openTab().current()]).toEqual([versions[3], versions[3], versions[3]]);
});

test("the message counts where the storage is late", () => {
	const { texts, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const before = one.current();
	const moved = one.move(true);
	texts.delete(key);
	expect(before).not.toBe(moved);
	expect(other.current()).toBe(moved);
	texts.set(key, moved);
	expect(other.current()).toBe(moved);
});

test("the storage counts where the message is late", () => {
	const { hold, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	hold();
	expect(other.current()).not.toBe(one.move(true));
});

test("what was heard is heard once", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const moved = one.move(true);
	expect([other.hear(moved), one.hear(moved), other.hear("another's"), other.hear("another's")]).toEqual([
		false,
		false,
		true,
		false,
	]);
});

// Whoever asks (a read, a command, Better Auth's own fetch by way of the session atom) adopts what stands in the storage;
// the message that comes then is taken for old, so that the machine is never told and never follows.
test.fails("what was found in the storage first is news all the same when its message comes", () => {
	const { hold, release, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	hold();
	one.move(false);
	const over = one.move(true);
	expect(other.current()).toBe(over);
	release();
	expect(other.news.at(-1)).toEqual({ version: over, isOver: true });
});

// The begin is heard after the end was found: it is taken for the newest, and its end, which is known by then, is no news.
test.fails("a begin that is heard after its end does not stand for a change under way", () => {
	const { hold, release, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	hold();
	one.move(false);
	const over = one.move(true);
	other.current();
	release();
	expect(other.current()).toBe(over);
});

describe("a storage that lies", () => {
	test.each([["garbage {"], ["x".repeat(5_000_000)], ["0"], ["\u0000"]])(
		"and holds other text is a version like any",
		(text) => {
			const { texts, openTab } = openTabs();
			const tab = openTab();
			const before = tab.current();
			texts.set(key, text);
			const now = tab.current();
			expect(now).not.toBe(before);
			expect(now.length).toBeLessThanOrEqual(100);
			expect([tab.current(), openTab().current()]).toEqual([now, now]);
			expect(openTab().move(true)).not.toBe(now);
		},
	);

	test("and says something huge by message is not remembered as such", () => {
		const tab = openTabs().openTab();
		expect(tab.hear("y".repeat(5_000_000))).toBe(true);
		expect(tab.current().length).toBeLessThanOrEqual(100);
	});

	test("and takes nothing leaves the messages", () => {
		const { page, openTab } = openTabs();
		const full = {
			...page,
			localStorage: {
				getItem: () => null,
				setItem() {
					throw new DOMException("full", "QuotaExceededError");
				},
			},
		};
		const [one, other] = [openTab(full), openTab(full)];
		const moved = one.move(true);
		expect([one.current(), other.current()]).toEqual([moved, moved]);
		const next = other.move(true);
		expect([one.current(), other.current()]).toEqual([next, next]);
	});

	test("and says nothing any more does not undo what was heard", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const moved = one.move(true);
		texts.clear();
		expect([one.current(), other.current()]).toEqual([moved, moved]);
	});

	// `current()` takes whatever is new in the storage for the newest, though it was known before: a reading of that old
	// version counts again, and the look under the lock finds nothing either.
	test.fails("and goes back to what was known before does not make an old reading count again", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const old = other.move(true);
		const moved = one.move(true);
		expect(other.current()).toBe(moved);
		texts.set(key, old);
		expect(other.current()).not.toBe(old);
	});

	// The same by way of localStorage.clear(), as at a sign-out: this tab's own memory stands in for it, with its last word.
	test.fails("and is cleared does not bring back the version that this tab wrote last", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const old = other.move(true);
		one.move(true);
		other.current();
		texts.clear();
		expect(other.current()).not.toBe(old);
	});
});

test("of many versions only so many are remembered, and that is enough", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	for (let count = 0; count < 200; count += 1) one.move(count % 2 === 1);
	expect(other.news).toHaveLength(200);
	expect(other.current()).toBe(one.current());
});
