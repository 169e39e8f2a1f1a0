import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice } from "../../../src/testing/index.js";

const list = "/multi-session/list-device-sessions";
const limited = () => new Response("{}", { status: 429, headers: { "X-Retry-After": "40" } });

/** A page that was just told to come back in forty seconds. */
async function openLimited() {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(device.client);
	const look = () => store.subscribe(() => {});
	const leave = look();
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	device.disturb(list, { refuse: limited }, 100);
	expect((await store.refetch()).error).toMatchObject({ kind: "rate-limited", retryAfter: 40 });
	const lists = () => device.sent.filter((line) => line.endsWith(list)).length;
	return { device, store, look, leave, lists };
}

test("a server that goes on limiting is left alone as long as it says, however often it has said so", async () => {
	const { device, store, lists } = await openLimited();
	for (let round = 0; round < 5; round += 1) await device.clock.advance(40_000);
	const before = lists();
	await device.clock.advance(2_000);
	device.show(true);
	await device.clock.advance(1_000);
	expect([store.value?.error?.kind, lists() - before]).toEqual(["rate-limited", 0]);
});

test("the network that goes and comes does not shorten the wait", async () => {
	const { device, lists } = await openLimited();
	await device.clock.advance(2_000);
	const before = lists();
	device.goOnline(false);
	await device.clock.advance(1_000);
	device.goOnline(true);
	await device.clock.advance(1_000);
	expect(lists() - before).toBe(0);
	await device.clock.advance(36_000);
	expect(lists() - before).toBe(1);
});

test("nobody looking for a while does not shorten it either", async () => {
	const { device, store, look, leave, lists } = await openLimited();
	leave();
	await vi.waitUntil(() => !store.actor.getSnapshot().context.awake, { timeout: 3_000 });
	await device.clock.advance(2_000);
	const before = lists();
	look();
	await vi.waitUntil(() => store.actor.getSnapshot().context.awake);
	await device.clock.advance(1_000);
	expect(lists() - before).toBe(0);
	await device.clock.advance(37_000);
	expect(lists() - before).toBe(1);
});
