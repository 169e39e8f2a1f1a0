import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { DeviceSettings } from "../../../../src/device-sessions/actors/device.js";
import { watchWorld } from "../../../../src/device-sessions/actors/watch-world.js";
import type { DeviceSessionsEvent, WorldEvent } from "../../../../src/device-sessions/events.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { clockOf, pageOf } from "../../../../src/device-sessions/page/environment.js";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";
import { createChannel } from "../../../../src/device-sessions/tabs/channel.js";
import { namesOf } from "../../../../src/device-sessions/tabs/names.js";
import { createVersion } from "../../../../src/device-sessions/tabs/version.js";
import { createWire, type Wire } from "../../../../src/device-sessions/wire/wire.js";
import { settle, type TestDeviceOptions } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

/** A device that was read, and whose world is watched. */
async function watch(settings: Partial<DeviceSettings> = {}, options: TestDeviceOptions = {}, wire?: Wire) {
	const page = openDevice(settings, options, wire);
	await page.read();
	let tell = (_: WorldEvent) => {};
	const events: DeviceSessionsEvent[] = [];
	const end = watchWorld(
		page.device,
		(event) => events.push(event),
		(listener) => {
			tell = listener;
		},
	);
	onTestFinished(end);
	return {
		...page,
		end,
		/** The page's document stops running, or goes on. */
		tellDocument: (type: "freeze" | "resume") => pageOf(page.kit.client)?.document?.dispatchEvent(new Event(type)),
		told: () => events.splice(0),
		async tell(type: WorldEvent["type"]) {
			tell({ type });
			await settle();
		},
	};
}

describe("Better Auth's session", () => {
	test("is looked at where the machine asks for it, and who is seen is told by the row's id", async () => {
		const page = await watch();
		let signals = 0;
		page.device.atom.onSignal(() => {
			signals += 1;
		});
		await page.tell("look");
		expect(page.told()).toEqual([{ type: "session.seen", id: page.id("Ada"), at: 0, isOvertaken: false }]);
		expect(signals).toBe(0);
	});

	test("is looked at after its signal was fired", async () => {
		const page = await watch();
		let signals = 0;
		page.device.atom.onSignal(() => {
			signals += 1;
		});
		await page.tell("signal");
		expect(signals).toBe(1);
	});

	test("is nobody's: that is told, too", async () => {
		const page = await watch();
		page.kit.end("Ada");
		await page.tell("look");
		expect(page.told()).toEqual([{ type: "session.seen", id: null, at: 0, isOvertaken: false }]);
	});

	test("is a stranger's: that is news once, and again where it was asked for", async () => {
		const page = await watch();
		page.kit.signIn("Dan");
		const unknown = { type: "session.unknown", at: 0 };
		await page.device.atom.refetch();
		expect(page.told()).toEqual([unknown]);
		await page.device.atom.refetch();
		expect(page.told()).toEqual([]);
		await page.tell("look");
		expect(page.told()).toEqual([unknown]);
	});

	test("is another stranger's: that is news as well, and so is the first one's once more", async () => {
		const page = await watch();
		const unknown = { type: "session.unknown", at: 0 };
		const see = async () => {
			await page.device.atom.refetch();
			return page.told();
		};
		page.kit.signIn("Dan");
		expect(await see()).toEqual([unknown]);
		page.kit.signIn("Eve");
		expect(await see()).toEqual([unknown]);
		page.kit.end("Eve");
		expect(await see()).toEqual([{ type: "session.seen", id: null, at: 0, isOvertaken: false }]);
		page.kit.signIn("Eve");
		expect(await see()).toEqual([unknown]);
	});

	test("of the same account has changed: that is told besides", async () => {
		const page = await watch();
		page.kit.change("Ada", { name: "Lady Ada" });
		await page.tell("look");
		expect(page.told()).toEqual([
			{ type: "session.seen", id: page.kit.rows().find(({ active }) => active)?.id, at: 0, isOvertaken: false },
			{ type: "session.changed", at: 0 },
		]);
	});

	test("cannot be read: the look has failed", async () => {
		const page = await watch();
		page.kit.disturb("/get-session", { refuse: () => Response.json({}, { status: 500 }) }, 9);
		await page.tell("look");
		expect(page.told()).toEqual([{ type: "session.failed", at: 0 }]);
	});

	test("does not come in time: the look has failed, and no more is waited for", async () => {
		const page = await watch({ timeout: 4_000 });
		void page.kit.hold("/get-session");
		await page.tell("look");
		await page.kit.clock.advance(3_999);
		expect(page.told()).toEqual([]);
		await page.kit.clock.advance(1);
		expect(page.told()).toEqual([{ type: "session.failed", at: 4_000 }]);
		await page.kit.clock.advance(4_000);
		expect(page.told()).toEqual([]);
	});

	test("that did not come in time is joined by no read", async () => {
		const page = await watch({ timeout: 4_000 });
		void page.kit.hold("/get-session");
		await page.tell("look");
		await page.kit.clock.advance(4_000);
		const before = page.kit.sent.length;
		const { data } = await page.device.atom.read("joined", page.signal);
		expect([data?.user["name"], page.kit.sent.length]).toEqual(["Ada", before + 1]);
	});
});

describe("somebody comes back to the page", () => {
	const doubted = { type: "device.doubted" };
	const stale = { type: "device.stale" };

	test("what is known is in doubt, and it is time to look", async () => {
		const page = await watch();
		page.kit.show(false);
		expect(page.told()).toEqual([]);
		await page.kit.clock.advance(5_000);
		page.kit.show(true);
		const told = page.told();
		expect(told[0]).toEqual({ type: "device.doubted", at: 5_000, now: page.kit.clock.now() });
		expect(told[1]).toEqual({ type: "device.stale", at: 5_000 });
	});

	test("where the app wants no read for that, it is in doubt only", async () => {
		const page = await watch({ refetchOnWindowFocus: false });
		page.kit.show(true);
		expect(new Set(page.told().map(({ type }) => type))).toEqual(new Set(["device.doubted"]));
	});

	test("after it was frozen it is time to look in any case, once, however many events tell of it", async () => {
		const page = await watch({ refetchOnWindowFocus: false });
		page.kit.comeBack();
		expect(page.told()).toMatchObject([doubted, stale]);
		page.kit.show(true);
		expect(new Set(page.told().map(({ type }) => type))).toEqual(new Set(["device.doubted"]));
		page.kit.comeBack();
		expect(page.told()).toMatchObject([doubted, stale]);
	});
});

describe("a page that stops running", () => {
	const back = ["device.doubted", "device.stale"];
	const types = ({ told }: Awaited<ReturnType<typeof watch>>) => told().map(({ type }) => type);

	test("and goes on without having said so was asleep: what is known is in doubt, and it is time to look", async () => {
		const page = await watch();
		page.tellDocument("resume");
		expect(types(page)).toEqual(back);
		page.tellDocument("resume");
		expect(types(page)).toEqual(back);
	});

	test("and goes on after it has said so comes back once, however many events tell of it", async () => {
		const page = await watch();
		page.tellDocument("freeze");
		expect(types(page)).toEqual([]);
		page.tellDocument("resume");
		expect(types(page)).toEqual(back);
		page.tellDocument("resume");
		expect(types(page)).toEqual([]);
	});

	test("counts on no look from before, and on one that begins as it goes on", async () => {
		const page = await watch();
		const { atom } = page.device;
		void atom.refetch();
		await settle();
		page.tellDocument("freeze");
		const held = page.kit.hold("/get-session");
		void atom.refetch();
		const request = await held;
		page.tellDocument("resume");
		const sent = page.kit.sent.length;
		const joined = atom.read("joined", page.signal);
		await settle();
		expect(page.kit.sent.length - sent).toBe(0);
		request.release();
		await joined;
	});

	test("has changes of the app's wait no more, until it goes on", async () => {
		const leave = vi.fn();
		const page = await watch({}, {}, { ...createWire(), leave });
		expect(leave.mock.calls.splice(0)).toEqual([[false]]);
		page.tellDocument("freeze");
		expect(leave.mock.calls.splice(0)).toEqual([[true]]);
		page.tellDocument("resume");
		expect(leave.mock.calls.splice(0)).toEqual([[false]]);
	});
});

describe("the network", () => {
	test("goes and comes: both are told", async () => {
		const page = await watch();
		page.kit.goOnline(false);
		page.kit.goOnline(true);
		expect(page.told()).toEqual([
			{ type: "device.online", online: false, at: 0 },
			{ type: "device.online", online: true, at: 0 },
		]);
	});

	test("goes: where the app reads all the same, only its return is told", async () => {
		const page = await watch({ refetchWhenOffline: true });
		page.kit.goOnline(false);
		page.kit.goOnline(true);
		expect(page.told()).toEqual([{ type: "device.online", online: true, at: 0 }]);
	});
});

describe("time passes", () => {
	test("so often as the app wants it is time to look", async () => {
		const page = await watch({ refetchInterval: 30 });
		await page.kit.clock.advance(89_999);
		expect(page.told()).toEqual([
			{ type: "device.stale", at: 30_000 },
			{ type: "device.stale", at: 60_000 },
		]);
	});

	test("and where it wants nothing, nothing happens", async () => {
		const page = await watch();
		expect(page.kit.clock.pending).toBe(0);
		await page.kit.clock.advance(1e9);
		expect(page.told()).toEqual([]);
	});
});

describe("another tab", () => {
	const nameOf = namesOf("http://localhost:3000");
	function openTab(page: Awaited<ReturnType<typeof watch>>) {
		const { client } = page.kit.openTab();
		const channel = createChannel(pageOf(client), nameOf("channel"));
		return {
			channel,
			version: createVersion(createStorage(pageOf(client), nameOf), channel, toClock(clockOf(client)), 1_000),
		};
	}

	test("changes something, and has: both versions are told, and how long the first may take", async () => {
		const page = await watch({ timeout: 7_000 });
		const { version } = openTab(page);
		const begun = version.begin();
		await settle();
		expect(page.told()).toEqual([{ type: "device.moved", version: begun, isOver: false, at: 0, wait: 7_000 }]);
		const over = version.end(begun);
		await settle();
		expect(page.told()).toEqual([{ type: "device.moved", version: over, isOver: true, at: 0, wait: 7_000 }]);
		expect(page.device.version.current()).toBe(over);
	});

	test("speaks before the storage does: what it says counts", async () => {
		const page = await watch();
		openTab(page).channel.broadcast({ version: "another tab's!", isOver: true });
		await settle();
		expect(page.told()).toMatchObject([{ type: "device.moved", version: "another tab's!", isOver: true }]);
	});

	test("says what is not understood: doubt, and it is time to look", async () => {
		const page = await watch();
		openTab(page).channel.broadcast(JSON.parse('{"word":"of a later release"}'));
		await settle();
		expect(page.told()).toMatchObject([{ type: "device.doubted" }, { type: "device.stale" }]);
	});
});

test("ended, it hears nothing more and leaves no timer and no channel behind", async () => {
	const page = await watch({ refetchInterval: 30 });
	void page.kit.hold("/get-session");
	await page.tell("look");
	page.end();
	expect([page.kit.clock.pending, page.kit.channels()]).toEqual([0, 0]);
	page.kit.show(true);
	page.kit.goOnline(false);
	await page.device.atom.refetch();
	expect(page.told()).toEqual([]);
});
