import { expect, test, vi } from "vitest";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

test("where the chosen survivor is the active account and has ended elsewhere, nobody is signed out and nobody is put in its place", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Carol", "Dan", "Ada"] });
	const { store, id } = await openKitStore(device);
	await device.clock.advance(5_000);
	device.end("Ada");
	const { data, error } = await store.revoke(id("Bob"), { next: id("Ada") });
	expect([data, error?.kind]).toEqual([null, "session-gone"]);
	await vi.waitUntil(() => store.value?.status === "idle");
	expect(device.rows().map(({ name, active }) => [name, active])).toEqual([
		["Bob", false],
		["Carol", false],
		["Dan", false],
	]);
	expect(store.value?.active).toBeNull();
});
