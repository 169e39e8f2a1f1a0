import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions } from "../../../src/index.js";
import { createTestDevice } from "../../../src/testing/index.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

const list = "GET /multi-session/list-device-sessions";

async function open(options: DeviceSessionsOptions = {}) {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(device.client, options);
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	await device.clock.advance(5_000);
	const before = device.sent.length;
	return { device, store, lists: () => device.sent.slice(before).filter((line) => line === list).length };
}

test("a page that comes out of the back-forward cache, visible and focused at once, is read once", async () => {
	const { device, lists } = await open();
	device.show(true);
	device.comeBack();
	device.show(true);
	await device.clock.advance(500);
	expect(lists()).toBe(1);
});

test("a network that flutters is not answered with a read each time", async () => {
	const { device, lists } = await open();
	for (let flap = 0; flap < 20; flap += 1) {
		device.goOnline(false);
		device.goOnline(true);
		await device.clock.advance(10);
	}
	await device.clock.advance(2_000);
	expect(lists()).toBeGreaterThan(0);
	expect(lists()).toBeLessThanOrEqual(3);
});

test("a start with an active account that the server does not list is one list and one get-session, too", async () => {
	const browser = createBrowser(createRealServer({ maximumSessions: 2 }));
	await signUp(browser, "Ada", "Bob", "Cy");
	pretendBrowser();
	const store = createDeviceSessions(browser.openTab());
	const stop = store.subscribe(() => {});
	onTestFinished(async () => {
		stop();
		await store.destroy();
	});
	await until(store, ({ isPending }) => !isPending);
	expect(store.value?.active).toMatchObject({ listed: false });
	expect(browser.count()).toEqual({ [list]: 1, "GET /get-session": 1 });
});
