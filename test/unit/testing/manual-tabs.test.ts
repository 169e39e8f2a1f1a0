import { describe, expect, test } from "vitest";
import { createTestClock } from "../../../src/testing/clock.js";
import { settle } from "../../../src/testing/index.js";
import { createChannels } from "../../../src/testing/page.js";
import { createTransit } from "../../../src/testing/transit.js";
import { deliverAllBut, onItsWay, open, openStores, switchToAda } from "./hand.js";

const names = "device-sessions:3:http://localhost:3000";
const lock = `${names}:lock`;

describe("locks", () => {
	/** Two pages that want the device's lock, for a switch each. */
	async function twoSwitches() {
		const device = open({ accounts: ["Ada", "Bob", "Cy"] });
		const stores = await openStores(device, 2);
		const results = stores.map((store, index) =>
			store.setActive(store.value?.sessions[index]?.id ?? "").then(({ error }) => error?.kind ?? "ok"),
		);
		await settle();
		await deliverAllBut(device, "lock");
		const locks = () => device.pending().filter(({ kind }) => kind === "lock");
		const indexOf = (tab: number) => device.pending().findIndex((one) => one.kind === "lock" && one.tab === tab);
		return { device, results, locks, indexOf };
	}

	test("wait for their grant, and one that somebody holds is not ready", async () => {
		const { device, locks, indexOf } = await twoSwitches();
		expect(locks()).toMatchObject([
			{ kind: "lock", tab: 0, what: lock, ready: true },
			{ kind: "lock", tab: 1, what: lock, ready: true },
		]);
		await device.deliver(indexOf(1));
		expect(device.isBusy()).toBe(true);
		expect(locks()).toMatchObject([{ kind: "lock", tab: 0, what: lock, ready: false }]);
		await expect(device.deliver(indexOf(0))).rejects.toThrow(`(${lock}) is not ready`);
	});

	test("go to the one that is chosen, and are free when its command has ended", async () => {
		const { device, locks, indexOf, results } = await twoSwitches();
		await device.deliver(indexOf(1));
		await deliverAllBut(device, "lock");
		expect(await results[1]).toBe("ok");
		expect(locks()).toMatchObject([{ kind: "lock", tab: 0, what: lock, ready: true }]);
	});

	test("that are lost are refused: the page goes on without", async () => {
		const { device, indexOf, results } = await twoSwitches();
		await device.lose(indexOf(0));
		expect(device.isBusy()).toBe(false);
		await deliverAllBut(device, "lock");
		expect(await results[0]).toBe("ok");
	});
});

describe("messages between tabs", () => {
	test("wait for every page that hears them, and are lost for one alone", async () => {
		const device = open();
		const [own] = await openStores(device, 3);
		void own?.setActive(own.value?.sessions.find(({ active }) => !active)?.id ?? "");
		await settle();
		await deliverAllBut(device, "message");
		const messages = device.pending().filter(({ kind }) => kind === "message");
		expect(messages.map(({ tab, from, ready }) => [tab, from, ready])).toEqual([
			[1, 0, true],
			[2, 0, true],
			// The change begins, and it is over.
			[1, 0, false],
			[2, 0, false],
		]);
		expect(messages[0]?.what).toContain(`${names}:channel {`);

		const of = (tab: number) => device.pending().findIndex((one) => one.kind === "message" && one.tab === tab);
		for (const _ of ["begin", "end"]) {
			await device.lose(of(1));
			await device.deliver(of(2));
		}
		await device.clock.advance(1_000);
		const asking = device.pending().flatMap(({ kind, tab }) => (kind === "request" ? [tab] : []));
		expect([asking.includes(1), asking.includes(2)]).toEqual([false, true]);
	});

	test("of one page keep their order, those of two pages have none", async () => {
		const clock = createTestClock(0, () => 0);
		const transit = createTransit(clock, true);
		const channels = createChannels(transit, () => 0);
		const [one, two, hearer] = [0, 1, 2].map((tab) => new (channels.of(new AbortController().signal, tab))("news"));
		const heard: unknown[] = [];
		if (hearer) hearer.onmessage = ({ data }) => heard.push(data);
		one?.postMessage("1a");
		one?.postMessage("1b");
		two?.postMessage("2a");
		const toHearer = () => transit.pending().filter(({ tab }) => tab === 2);
		expect(toHearer().map(({ what, ready }) => [what, ready])).toEqual([
			['news "1a"', true],
			['news "1b"', false],
			['news "2a"', true],
		]);
		await transit.deliver(transit.pending().findIndex(({ tab, from }) => tab === 2 && from === 1));
		await transit.deliver(transit.pending().findIndex(({ tab }) => tab === 2));
		expect(heard).toEqual(["2a", "1a"]);
		expect(toHearer().map(({ what, ready }) => [what, ready])).toEqual([['news "1b"', true]]);
	});

	test("of one page keep their order also where each takes a time of its own", async () => {
		const clock = createTestClock(0, () => 0);
		const latencies = [300, 100, 0, 200];
		const channels = createChannels(createTransit(clock, false), () => latencies.shift() ?? 0);
		const [one, hearer] = [0, 1].map((tab) => new (channels.of(new AbortController().signal, tab))("news"));
		const heard: unknown[] = [];
		if (hearer) hearer.onmessage = ({ data }) => heard.push(data);
		for (const message of ["a", "b", "c"]) one?.postMessage(message);
		await clock.advance(299);
		expect(heard).toEqual([]);
		one?.postMessage("d");
		await clock.advance(1);
		expect(heard).toEqual(["a", "b", "c"]);
		await clock.advance(199);
		expect(heard).toEqual(["a", "b", "c", "d"]);
	});
});

describe("timers", () => {
	test("fire in the order of their moments, and time is there when they do", async () => {
		const device = open();
		const fired: string[] = [];
		const began = device.clock.now();
		device.clock.setTimeout(() => fired.push("later"), 50);
		device.clock.setTimeout(() => fired.push("sooner"), 20);
		expect(device.pending()).toMatchObject([
			{ kind: "timer", tab: null, what: "50 ms", ready: false, due: began + 50 },
			{ kind: "timer", tab: null, what: "20 ms", ready: true, due: began + 20 },
		]);
		await expect(device.deliver(0)).rejects.toThrow("The timer at 0 (50 ms) is not ready");
		await device.deliver(1);
		expect([fired, device.clock.now() - began]).toEqual([["sooner"], 20]);
		await device.deliver(0);
		expect([fired, device.clock.now() - began]).toEqual([["sooner", "later"], 50]);
	});

	test("cannot be lost", async () => {
		const device = open();
		device.clock.setTimeout(() => {}, 50);
		await expect(device.lose(0)).rejects.toThrow("A timer cannot be lost");
	});

	test("run while time passes, and nothing else moves", async () => {
		const device = open();
		void switchToAda(device);
		let fired = 0;
		device.clock.setTimeout(() => {
			fired += 1;
		}, 50);
		await device.clock.advance(100);
		expect([fired, onItsWay(device)]).toEqual([1, ["request 0 POST /multi-session/set-active"]]);
	});
});
