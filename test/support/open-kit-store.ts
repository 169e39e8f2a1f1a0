import { onTestFinished, vi } from "vitest";
import { createDeviceSessions, type DeviceSessionsOptions } from "../../src/index.js";
import type { TestClient, TestTab } from "../../src/testing/index.js";

/** A store on a page of the testing kit, looked at and loaded. It ends with the test. */
export async function openKitStore(
	{ client }: Pick<TestTab<TestClient>, "client">,
	options: DeviceSessionsOptions = {},
) {
	const store = createDeviceSessions(client, options);
	const leave = store.subscribe(() => {});
	onTestFinished(() => store.destroy());
	await vi.waitUntil(() => store.value?.isPending === false);
	return {
		store,
		leave,
		active: () => store.value?.active?.user.name,
		id: (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "",
	};
}
