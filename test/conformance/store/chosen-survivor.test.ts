import { expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice } from "../../../src/testing/index.js";

test("where the chosen survivor is the active account and has ended elsewhere, nobody is signed out and nobody is put in its place", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Carol", "Dan", "Ada"] });
	const store = createDeviceSessions(device.client);
	store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	await device.clock.advance(5_000);
	const idOf = (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";
	device.end("Ada");
	const { data, error } = await store.revoke(idOf("Bob"), { next: idOf("Ada") });
	expect([data, error?.kind]).toEqual([null, "session-gone"]);
	await vi.waitUntil(() => store.value?.status === "idle");
	expect(device.rows().map(({ name, active }) => [name, active])).toEqual([
		["Bob", false],
		["Carol", false],
		["Dan", false],
	]);
	expect(store.value?.active).toBeNull();
});
