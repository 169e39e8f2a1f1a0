import { expect, test } from "vitest";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

const list = "/multi-session/list-device-sessions";
const limited = () => new Response("{}", { status: 429, headers: { "X-Retry-After": "40" } });

/** A page that was just told to come back in forty seconds. */
async function openLimited() {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { store } = await openKitStore(device);
	device.disturb(list, { refuse: limited }, 100);
	expect((await store.refetch()).error).toMatchObject({ kind: "rate-limited", retryAfter: 40 });
	const lists = () => device.sent.filter((line) => line.endsWith(list)).length;
	return { device, store, lists };
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
