import { describe, expect, test } from "vitest";
import { createChannel, type Message } from "../../../../src/device-sessions/tabs/channel.js";
import { createVersion, isOver } from "../../../../src/device-sessions/tabs/version.js";
import { openDevice, withLuck } from "./device.js";

function openTabs() {
	const device = openDevice();
	let count = 0;
	return {
		...device,
		/** A tab, and what it has heard. */
		openTab(page = device.page) {
			count += 1;
			const channel = createChannel(page, "channel");
			const version = createVersion(device.openStorage(page), channel, withLuck(device.clock, count), timeout);
			const news: Message[] = [];
			channel.listen((message) => {
				if (!message) return;
				version.hear(message.version);
				news.push(message);
			});
			return { ...version, news };
		},
	};
}
const key = "version";
const timeout = 10_000;

test("a device where nothing has changed has a version, the same for all its tabs", () => {
	const { openTab } = openTabs();
	expect(openTab().current()).toBe(openTab().current());
});

test("each change has two versions, which no other change has, and the other tabs hear of both", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const [first, second] = [one.begin(), other.begin()];
	const versions = [first, second, one.end(first), other.end(second)];
	expect(new Set(versions).size).toBe(4);
	expect(other.news).toEqual([
		{ version: versions[0], isOver: false },
		{ version: versions[2], isOver: true },
	]);
	expect([one.current(), other.current(), openTab().current()]).toEqual([versions[3], versions[3], versions[3]]);
});

test("the message counts where the storage is late", () => {
	const { texts, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const before = one.current();
	const moved = one.end();
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
	expect(other.current()).not.toBe(one.end());
});

test("what was heard is heard once: again, it is not the newest", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const [old, newest] = [one.end(), one.end()];
	for (const tab of [one, other]) {
		tab.hear(old);
		expect(tab.current()).toBe(newest);
		tab.hear("another's");
		tab.hear(newest);
		expect(tab.current()).toBe("another's");
	}
});

test("what was found in the storage first is heard all the same when its message comes, and stays the newest", () => {
	const { hold, release, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	hold();
	const begun = one.begin();
	const over = one.end(begun);
	expect(other.current()).toBe(over);
	release();
	expect(other.news).toEqual([
		{ version: begun, isOver: false },
		{ version: over, isOver: true },
	]);
	expect(other.current()).toBe(over);
});

describe("what has come before the newest is no news, however late it is heard", () => {
	test("where the newest was found in the storage", () => {
		const { hold, release, openTab } = openTabs();
		const [one, other, third] = [openTab(), openTab(), openTab()];
		hold();
		one.end(one.begin());
		const newest = other.end(other.begin());
		expect(third.current()).toBe(newest);
		release();
		expect([one, other, third].map((tab) => tab.current())).toEqual([newest, newest, newest]);
	});

	test("where the newest was heard", () => {
		const { hold, openTab } = openTabs();
		const [one, other, third] = [openTab(), openTab(), openTab()];
		hold();
		const late = one.end();
		const newest = other.end();
		third.hear(newest);
		third.hear(late);
		expect(third.current()).toBe(newest);
	});

	test("where the tab was opened after both", () => {
		const { openTab } = openTabs();
		const [late, newest] = [openTab().end(), openTab().end()];
		const tab = openTab();
		tab.hear(late);
		expect(tab.current()).toBe(newest);
	});

	test("and garbage in its place is forgotten with what is too long", () => {
		const { texts, openTab } = openTabs();
		texts.set("versions", "x\n".repeat(1_000_000));
		const [one, other] = [openTab(), openTab()];
		const moved = one.end();
		expect(other.current()).toBe(moved);
		expect(texts.get("versions")?.length).toBeLessThanOrEqual(1_000);
	});
});

describe("a begin that comes after its end is no news", () => {
	test("where the end was found in the storage", () => {
		const { hold, release, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		hold();
		const over = one.end(one.begin());
		other.current();
		release();
		expect(other.current()).toBe(over);
	});

	test("where the end was heard, and the storage is late", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const begun = one.begin();
		const over = one.end(begun);
		expect(other.current()).toBe(over);
		texts.set(key, begun);
		expect(other.current()).toBe(over);
		other.hear(begun);
		expect(other.current()).toBe(over);
	});
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
			expect(openTab().end()).not.toBe(now);
		},
	);

	test("and says something huge by message is not remembered as such", () => {
		const tab = openTabs().openTab();
		const before = tab.current();
		tab.hear("y".repeat(5_000_000));
		expect(tab.current()).not.toBe(before);
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
		const moved = one.end();
		expect([one.current(), other.current()]).toEqual([moved, moved]);
		const next = other.end();
		expect([one.current(), other.current()]).toEqual([next, next]);
	});

	test("and says nothing any more does not undo what was heard", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const moved = one.end();
		texts.clear();
		expect([one.current(), other.current()]).toEqual([moved, moved]);
	});

	test("and goes back to what was known before tells nothing: an old reading does not count again", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const old = other.end();
		const moved = one.end();
		expect(other.current()).toBe(moved);
		texts.set(key, old);
		expect(other.current()).toBe(moved);
	});

	test("and goes back to what stood there first tells nothing", () => {
		const { texts, openTab } = openTabs();
		texts.set(key, "the first");
		const [one, other] = [openTab(), openTab()];
		const moved = one.end();
		expect(other.current()).toBe(moved);
		texts.set(key, "the first");
		expect(other.current()).toBe(moved);
	});

	// As at a sign-out: this tab's own memory stands in for it, with its last word.
	test("and is cleared does not bring back the version that this tab wrote last", () => {
		const { texts, openTab } = openTabs();
		const [one, other] = [openTab(), openTab()];
		other.end();
		const moved = one.end();
		expect(other.current()).toBe(moved);
		texts.clear();
		expect(other.current()).toBe(moved);
	});

	// Where it has no last word of its own, the empty storage is taken for a version that was not heard of.
	test("and is cleared tells nothing to a tab that has written none itself", () => {
		const { texts, openTab } = openTabs();
		const moved = openTab().end();
		const tab = openTab();
		texts.clear();
		expect(tab.current()).toBe(moved);
	});
});

test("only a version that ends a change says that it is over", () => {
	const { openTab } = openTabs();
	const tab = openTab();
	const begun = tab.begin();
	expect([isOver(begun), isOver(tab.end(begun)), isOver(tab.end()), isOver(tab.begin())]).toEqual([
		false,
		true,
		true,
		false,
	]);
	expect(isOver(`${tab.end()} of another protocol`)).toBe(false);
});

describe("two changes have different versions, whatever luck draws", () => {
	const openWith = ({ clock, openStorage, page }: ReturnType<typeof openTabs>, ...luck: number[]) => {
		const draws = luck.values();
		const random = () => draws.next().value ?? 0;
		return createVersion(openStorage(), createChannel(page, "channel"), { ...clock, random }, timeout);
	};

	test("in one tab", () => {
		const tab = openWith(openTabs(), 0.5, 0.5, 0.5);
		expect(tab.begin()).not.toBe(tab.begin());
	});

	test("in two tabs", () => {
		const device = openTabs();
		const [one, other] = [openWith(device, 0.1, 0.5), openWith(device, 0.2, 0.5)];
		expect(one.begin()).not.toBe(other.begin());
	});
});

describe("of many versions only so many are remembered", () => {
	const hearMany = ({ hear }: { hear(version: string): void }, count: number) => {
		for (let number = 1; number <= count; number += 1) hear(`the ${number}th`);
	};

	test("the last ones, told again, are no news", () => {
		const tab = openTabs().openTab();
		hearMany(tab, 40);
		tab.hear("the 1th");
		expect(tab.current()).toBe("the 40th");
	});

	test("one that is long forgotten is news again", () => {
		const tab = openTabs().openTab();
		hearMany(tab, 60);
		tab.hear("the 1th");
		expect(tab.current()).toBe("the 1th");
	});

	test("and a storage that never takes another one does not bring its own back", () => {
		const { openTab, page } = openTabs();
		const stuck = { getItem: () => "an old one", setItem: () => {} };
		const tab = openTab({ ...page, localStorage: stuck });
		expect(tab.current()).toBe("an old one");
		hearMany(tab, 60);
		expect(tab.current()).toBe("the 60th");
	});
});

describe("a change that has begun", () => {
	test("goes on for its limit at most, in a tab that hears of it and in one that opens meanwhile", async () => {
		const { openTab, time } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const left = (...tabs: readonly ReturnType<typeof openTab>[]) => tabs.map((tab) => tab.goesOnFor());
		expect(left(one, other)).toEqual([0, 0]);
		const begun = one.begin();
		await time.advance(4_000);
		expect(left(one, other, openTab())).toEqual([6_000, 6_000, 10_000]);
		await time.advance(7_000);
		expect(left(one, other)).toEqual([0, 0]);
		one.end(begun);
		expect(left(one, other, openTab())).toEqual([0, 0, 0]);
	});

	test("and so it may where something else changes meanwhile, until it is seen to end", async () => {
		const { openTab, time } = openTabs();
		const [one, other] = [openTab(), openTab()];
		const begun = one.begin();
		await time.advance(4_000);
		const moved = other.end();
		expect([one.current(), other.current()]).toEqual([moved, moved]);
		const left = () => [one, other].map((tab) => tab.goesOnFor());
		expect(left()).toEqual([6_000, 6_000]);
		// How long ago it began is not known there: its tab may have gone long since.
		expect(openTab().goesOnFor()).toBe(0);
		const next = other.begin();
		one.end(begun);
		expect(left()).toEqual([10_000, 10_000]);
		other.end(next);
		expect(left()).toEqual([0, 0]);
	});

	test("and so it may where it is heard of by what has come after it", () => {
		const { openTab, texts } = openTabs();
		const tab = openTab();
		texts.set("versions", "a change");
		texts.set("version", "another!");
		expect([tab.current(), tab.goesOnFor()]).toEqual(["another!", timeout]);
	});

	test("and is over where its end is heard of before it, and before what came in between", () => {
		const { openTab, page } = openTabs();
		const { localStorage: _, ...others } = page;
		const tab = openTab(others);
		for (const version of ["a change!", "another!", "a change"]) tab.hear(version);
		expect([tab.current(), tab.goesOnFor()]).toEqual(["another!", 0]);
	});
});

test("many changes of one tab are followed by another", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	for (let count = 0; count < 100; count += 1) one.end(one.begin());
	expect(other.news).toHaveLength(200);
	expect(other.current()).toBe(one.current());
});
