import { afterAll, beforeAll, expect, test } from "vitest";
import { pageOf } from "../../src/device-sessions/page/environment.js";
import { createDeviceSessions } from "../../src/index.js";
import { openDevice } from "./device.js";

const times = 10_000;
const people = ["Ada", "Bob", "Cy"];

/** A device whose every timer, listener and channel is counted, and a store that has been looked at once. */
function open() {
	const schedule = { seed: 1, hasPlugin: false, people, tabs: 1, maximumSessions: 5, latency: 0, steps: [] };
	const { device, clock, prepare, giveBack } = openDevice(schedule, {});
	let listeners = 0;
	const page = pageOf(device.client);
	for (const target of [page, page?.document]) {
		const { addEventListener, removeEventListener } = target as EventTarget;
		Object.assign(target ?? {}, {
			addEventListener(...given: Parameters<typeof addEventListener>) {
				listeners += 1;
				addEventListener.apply(target, given);
			},
			removeEventListener(...given: Parameters<typeof removeEventListener>) {
				listeners -= 1;
				removeEventListener.apply(target, given);
			},
		});
	}
	const { client } = prepare(device.client);
	const store = createDeviceSessions(client);
	// Safe: nanostores counts its listeners in `lc`.
	const { session, $sessionSignal } = client.$store.atoms as unknown as Record<string, { lc: number }>;
	/** What the store, and all that it uses, holds on to. */
	const held = () => ({
		timers: clock.pending,
		channels: device.channels(),
		"listeners on the page": listeners,
		"listeners on the session": session?.lc,
		"listeners on its signal": $sessionSignal?.lc,
		"listeners on the store": (store as unknown as { lc: number }).lc,
	});
	return { device, clock, store, held, giveBack };
}

let one: ReturnType<typeof open>;
beforeAll(() => {
	one = open();
});
afterAll(() => one.giveBack());

test(`${times} mounts and unmounts leave nothing behind`, async () => {
	const { clock, store, held } = one;
	store.listen(() => {})();
	await clock.advance(5_000);
	const before = held();
	expect(before).toMatchObject({ timers: 0, channels: 0, "listeners on the page": 0 });
	for (let index = 0; index < times; index += 1) {
		const stops = [store, store.$sessions, store.$active].map((part) => part.listen(() => {}));
		await clock.advance(index % 3 === 0 ? 5 : 0);
		for (const stop of stops) stop();
		await clock.advance(index % 2 === 0 ? 1_100 : 0);
	}
	await clock.advance(5_000);
	expect(held()).toEqual(before);
}, 240_000);

test(`${times} commands, looked at or not, leave nothing behind`, async () => {
	const { clock, store, held, device } = one;
	const before = held();
	await store.refetch();
	const ids = store.value?.sessions.map(({ id }) => id) ?? [];
	expect(ids).toHaveLength(people.length);
	for (let index = 0; index < times; index += 1) {
		const stop = index % 2 === 0 ? store.listen(() => {}) : () => {};
		const command = index % 5 === 4 ? store.refetch() : store.setActive(ids[index % ids.length] ?? "");
		await clock.advance(1);
		expect((await command).error).toBeNull();
		stop();
	}
	await clock.advance(5_000);
	expect(held()).toEqual(before);
	expect(device.isBusy()).toBe(false);
}, 240_000);
