import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice } from "../../../src/testing/index.js";

test("a network that came back while nobody looked is known to be there when somebody does", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(device.client);
	const leave = store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	device.goOnline(false);
	leave();
	await vi.waitUntil(() => !store.actor.getSnapshot().context.awake, { timeout: 3_000 });
	device.goOnline(true);
	await device.clock.advance(60_000);
	const before = device.sent.length;
	store.subscribe(() => {});
	await vi.waitUntil(() => store.actor.getSnapshot().context.awake);
	await device.clock.advance(10);
	expect(device.sent.slice(before)).toContain("GET /multi-session/list-device-sessions");
});
