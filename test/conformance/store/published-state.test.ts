import { expect, test } from "vitest";
import type { DeviceSessionsOptions } from "../../../src/index.js";
import { createTestDevice, settle } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

async function open(options: DeviceSessionsOptions = {}) {
	const device = createTestDevice({ accounts: ["Ada", "Bob", "Cy"] });
	return { device, ...(await openKitStore(device, options)) };
}

test("the ids of who is being signed out are frozen like all the rest", async () => {
	const { device, store } = await open();
	const held = device.hold("/multi-session/revoke");
	const signedOut = store.signOutOthers();
	const { release } = await held;
	const state = store.value;
	release();
	await signedOut;
	expect(state?.status === "revoking" && Object.isFrozen(state.targets)).toBe(true);
});

test("a command that destroy() ends while the app is being asked leaves no error in the state", async () => {
	const { store, id } = await open({ onBeforeSwitch: () => new Promise(() => {}) });
	const shown: unknown[] = [];
	store.listen(({ error }) => shown.push(error?.kind));
	const switched = store.setActive(id("Ada"));
	await settle();
	await store.destroy();
	expect((await switched).error?.kind).toBe("destroyed");
	expect(shown).not.toContain("destroyed");
	expect(store.value?.error).toBeNull();
});

test.each(["revoke", "signOutOthers", "signOutAll", "setActive"] as const)(
	"%s that another tab keeps from going is busy, and its error says what it was",
	async (operation) => {
		const { device, store, id } = await open({ timeout: 1_000 });
		const { store: other } = await openKitStore(device.openTab());
		await device.clock.advance(2_000);
		const held = device.hold("/multi-session/set-active");
		const switched = other.setActive(id("Ada"));
		const { release } = await held;
		const command = store[operation](id("Bob"));
		await device.clock.advance(1_001);
		const { error } = await command;
		release();
		await switched;
		expect(error).toMatchObject({ kind: "busy", operation });
	},
);

test("a revoke that the app refuses names itself in its error", async () => {
	const { store, id } = await open({ onBeforeSwitch: () => false });
	expect((await store.revoke(id("Cy"))).error).toMatchObject({ kind: "refused", operation: "revoke" });
});
