import { createDeviceSessions, type DeviceSessions, type DeviceSessionsClient } from "device-sessions";
import { createTestDevice, type TestClientOptions } from "device-sessions/testing";
import { holdOne } from "../hold-one.js";
import { counted } from "./counted.js";
import { watchRows } from "./rows.js";
import { vanilla } from "./vanilla.js";

export interface Framework {
	/** The framework's own client of Better Auth; the page shows who its `useSession` says is here. */
	createClient(options: TestClientOptions): DeviceSessionsClient;
	/** Answers how to take it away again. */
	mount(host: HTMLElement, deviceSessions: DeviceSessions): () => void;
}

/** A recipe on a page, over a device and a server in memory. What it answers is the test's, as `harness`. */
function start({ createClient, mount }: Framework) {
	const query = new URLSearchParams(location.search);
	const count = Number(query.get("accounts") ?? 3);
	const device = createTestDevice<DeviceSessionsClient>({
		accounts: Array.from({ length: count }, (_, index) => `Person${index + 1}`),
		maximumSessions: count,
		createClient: query.has("vanilla") ? vanilla : createClient,
	});
	const deviceSessions: DeviceSessions = createDeviceSessions(device.client);
	const host = document.body.appendChild(document.createElement("main"));
	const rendered = new Set<string>();
	const shown = query.has("counted") ? counted(deviceSessions, (name) => rendered.add(name)) : deviceSessions;
	let unmount: (() => void) | undefined;

	return {
		mount(): void {
			unmount = mount(host, shown);
		},
		unmount(): void {
			unmount?.();
		},
		...holdOne(device),
		refuse(path: string): void {
			device.disturb(path, { refuse: () => Response.json({}, { status: 500 }) });
		},
		refetch(): void {
			void deviceSessions.refetch();
		},
		/** Names in the place of "Person1" and so on, in this order. */
		rename(names: readonly string[]): void {
			for (const [index, name] of names.entries()) device.change(`Person${index + 1}`, { name });
		},
		/** What a page that has gone must not leave behind. */
		leftovers: () => ({
			listeners: deviceSessions.lc,
			channels: device.channels(),
			timers: device.clock.pending,
			html: host.textContent?.trim(),
		}),
		/** Whose rows were rendered anew, and whose were written to, from now on until it is asked for. */
		follow(): () => { readonly rendered: string[]; readonly written: string[]; readonly kept: boolean } {
			rendered.clear();
			const written = watchRows(host);
			return () => ({ rendered: [...rendered], ...written() });
		},
	};
}

export type Harness = ReturnType<typeof start>;

export function run(framework: Framework): void {
	Object.assign(globalThis, { harness: start(framework) });
	// Ready for the test, which mounts.
	document.documentElement.dataset["ready"] = "yes";
}
