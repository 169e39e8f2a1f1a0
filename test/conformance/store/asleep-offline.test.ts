import { expect, test, vi } from "vitest";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

test("a network that came back while nobody looked is known to be there when somebody does", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const { store, leave } = await openKitStore(device);
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
