import { onTestFinished } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { createTestDevice, settle, type TestDevice, type TestDeviceOptions } from "../../../src/testing/index.js";

/** A device in the test's hand, with Ada and Bob, who is active. */
export const open = (options: TestDeviceOptions = {}) =>
	createTestDevice({ accounts: ["Ada", "Bob"], manual: true, ...options });

/** What is on its way, a line each. */
export const onItsWay = (device: TestDevice) => device.pending().map(({ kind, tab, what }) => `${kind} ${tab} ${what}`);
export const activeOf = (device: TestDevice) => device.rows().find(({ active }) => active)?.name;
/** Where the first of a kind is. */
export const first = (device: TestDevice, kind: string) =>
	device.pending().findIndex((one) => one.kind === kind && one.ready);

/** Delivers the oldest things that are ready, until only these kinds, timers and locks that are held are left. */
export async function deliverAllBut(device: TestDevice, ...kinds: string[]): Promise<void> {
	const next = () =>
		device.pending().findIndex(({ kind, ready }) => ready && kind !== "timer" && !kinds.includes(kind));
	for (let index = next(); index >= 0; index = next()) await device.deliver(index);
}

/** A store on each of so many pages, read for the first time. */
export async function openStores(device: TestDevice, count: number) {
	const pages = [device, ...Array.from({ length: count - 1 }, () => device.openTab())];
	const stores = pages.map(({ client }) => createDeviceSessions(client));
	for (const store of stores) {
		onTestFinished(() => void store.destroy());
		store.subscribe(() => {});
	}
	await settle();
	await deliverAllBut(device);
	return stores;
}

/** A switch to Ada past every store: `settled` is what has come of it. */
export function switchToAda(device: TestDevice) {
	const sessionToken = device.sessionsOf("Ada")[0]?.token ?? "";
	const settled: unknown[] = [];
	device.client.multiSession.setActive({ sessionToken, fetchOptions: { disableSignal: true } }).then(
		({ data, error }) => settled.push(data?.user.name ?? error?.status),
		(error: unknown) => settled.push(error),
	);
	return settled;
}
