import { expect, onTestFinished, test } from "vitest";
import { clockOf, type Page, pageOf, pretend } from "../../../src/device-sessions/page/environment.js";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice, settle, type TestTab } from "../../../src/testing/index.js";

/** Two pages of a device, looked at and loaded, whose surroundings are changed. */
async function open(change: (page: Page) => Page) {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const tabs: readonly TestTab[] = [device, device.openTab()];
	const stores = tabs.map(({ client }) => {
		const [page, clock] = [pageOf(client), clockOf(client)];
		if (!page || !clock) throw new Error("The kit gives every client a page.");
		pretend(client, { page: change(page), clock });
		const store = createDeviceSessions(client);
		store.subscribe(() => {});
		onTestFinished(() => store.destroy());
		return store;
	});
	await settle();
	await device.clock.advance(2_000);
	const [here, there] = stores;
	if (!here || !there) throw new Error("There are two.");
	return { device, tabs, here, there };
}
const ada = ({ value }: ReturnType<typeof createDeviceSessions>) =>
	value?.sessions.find(({ user }) => user.name === "Ada")?.id ?? "";

// A browser without channels: the version is new in the storage, and no message has told of it.
test("a version that only the storage tells of is read for once, and not each second", async () => {
	const { device, tabs, here, there } = await open(({ BroadcastChannel: _, ...page }) => page);
	expect((await here.setActive(ada(here))).error).toBeNull();
	await device.clock.advance(2_000);
	tabs[1]?.show(true);
	await device.clock.advance(3_000);
	expect(there.value?.active?.user.name).toBe("Ada");
	const before = tabs[1]?.requests.length ?? 0;
	await device.clock.advance(60_000);
	expect((tabs[1]?.requests.length ?? 0) - before).toBe(0);
});
