import { expect, test, vi } from "vitest";
import { openDevice, until } from "../../support/open-store.js";
import { createClock } from "../../support/simulated-clock.js";

const hour = 3_600_000;
/** How long a session lives, and as long as a test takes to sign people up. */
const week = 7 * 24 * hour + 30_000;
const lists = (requests: readonly string[]) => requests.filter((path) => path.includes("list-device-sessions")).length;
type Device = Awaited<ReturnType<typeof openDevice>>;

/** Waits until what the clock has set off is over. */
const settled = ({ store }: Device) => until(store, ({ status }) => status === "idle");

test("an account whose session runs out is read then, and not before", async () => {
	const clock = createClock();
	const device = await openDevice(["Ada", "Bob"], { clock });
	const { server, browser, store, row } = device;
	const ada = row("Ada").id;
	clock.advance(week - 60_000);
	expect(browser.requests).toEqual([]);
	server.end(ada);
	clock.advance(60_000);
	await until(store, ({ sessions }) => sessions.length === 1);
	expect(store.value?.active?.user.name).toBe("Bob");
});

test("the active one that runs out leaves nobody active, and its error is none", async () => {
	const clock = createClock();
	const { server, store, row } = await openDevice(["Ada", "Bob"], { clock });
	server.end(row("Bob").id);
	clock.advance(week);
	const state = await until(store, ({ active }) => active === null);
	expect([state.error, state.sessions.map(({ user }) => user.name)]).toEqual([null, ["Ada"]]);
});

test.each([
	["ahead", hour],
	["behind", -hour],
])("a local clock an hour %s makes no loop of reads: the server decides", async (_, wrong) => {
	const clock = createClock(Date.now() + wrong);
	const device = await openDevice(["Ada", "Bob"], { clock });
	// Both run out at some time of their own; nothing has run out on the server.
	for (let passed = 0; passed < week + 3 * hour; passed += hour) {
		clock.advance(hour);
		await settled(device);
	}
	expect(lists(device.browser.requests)).toBeLessThanOrEqual(4);
	expect(device.names()).toEqual(["Ada", "Bob"]);
});

test("rows that had run out before, by the local clock, are not read again and again", async () => {
	const clock = createClock(Date.now() + 2 * week);
	const device = await openDevice(["Ada", "Bob"], { clock });
	for (let hours = 0; hours < 48; hours += 1) {
		clock.advance(hour);
		await settled(device);
	}
	expect([device.browser.requests, clock.timers.size]).toEqual([[], 0]);
});

test("a session of years waits in steps that a timer holds", async () => {
	const clock = createClock();
	const waits: number[] = [];
	const { store } = await openDevice(["Ada"], {
		clock: {
			...clock,
			setTimeout: (run: (...args: never[]) => void, ms: number) => {
				waits.push(ms);
				return clock.setTimeout(run, ms);
			},
		},
	});
	await store.refetch();
	expect(Math.max(...waits)).toBeLessThanOrEqual(2 ** 31 - 1);
	expect(waits.length).toBeGreaterThan(0);
});

test("asleep no timer is left, and awake it waits again", async () => {
	const clock = createClock();
	const { server, store, stop, row } = await openDevice(["Ada", "Bob"], { clock });
	await store.refetch();
	expect(clock.timers.size).toBeGreaterThan(0);
	stop();
	await vi.waitFor(() => expect(clock.timers.size).toBe(0), { timeout: 3_000 });
	const again = store.listen(() => {});
	await vi.waitFor(() => expect(clock.timers.size).toBe(1));
	server.end(row("Ada").id);
	clock.advance(week);
	await until(store, ({ sessions }) => sessions.length === 1);
	again();
});
