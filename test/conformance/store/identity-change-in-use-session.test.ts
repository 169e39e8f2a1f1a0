import { describe, expect, test, vi } from "vitest";
import { gate } from "../../support/callbacks.js";
import { openDevice, until } from "../../support/open-store.js";

type Device = Awaited<ReturnType<typeof openDevice>>;

describe("useSession shows the next identity after the page was told", () => {
	/** Opens a device whose page looks at useSession, and a callback that is held. */
	async function watched(...people: string[]) {
		const { open, passed } = gate();
		const onIdentityChange = vi.fn(() => passed);
		const device = await openDevice(people, { onIdentityChange });
		const shown: (string | undefined)[] = [];
		const stop = device.client.useSession.subscribe(({ data, isPending }) => {
			if (!isPending) shown.push(data?.user.name);
		});
		await vi.waitUntil(() => shown.length > 0);
		return { ...device, open, shown, stop, isTold: () => vi.waitUntil(() => onIdentityChange.mock.calls.length === 1) };
	}
	/** Longer than Better Auth's own signal takes, and what it sets off. */
	const signalPasses = ({ client }: Device, act: Promise<unknown>) =>
		Promise.race([act, vi.waitUntil(() => client.useSession.value?.data === null, { timeout: 250 }).catch(() => {})]);

	test("of a revoke of the active account", async () => {
		const device = await watched("Ada", "Bob");
		const revoked = device.store.revoke(device.row("Bob").id);
		await device.isTold();
		await signalPasses(device, revoked);
		expect([device.store.value?.active?.user.name, new Set(device.shown)]).toEqual(["Bob", new Set(["Bob"])]);
		device.open();
		await revoked;
		await until(device.client.useSession, ({ data }) => data?.user.name === "Ada");
		device.stop();
	});

	test("of a revoke of the last account", async () => {
		const device = await watched("Ada");
		const revoked = device.store.revoke(device.row("Ada").id);
		await device.isTold();
		await signalPasses(device, revoked);
		expect([device.store.value?.active?.user.name, new Set(device.shown)]).toEqual(["Ada", new Set(["Ada"])]);
		device.open();
		await revoked;
		await until(device.client.useSession, ({ data, isPending }) => data === null && !isPending);
		device.stop();
	});

	test("of a sign-out of all", async () => {
		const device = await watched("Ada", "Bob");
		const command = device.store.signOutAll();
		await device.isTold();
		await signalPasses(device, command);
		expect([device.store.value?.active?.user.name, new Set(device.shown)]).toEqual(["Bob", new Set(["Bob"])]);
		device.open();
		await command;
		device.stop();
	});
});
