import { createAuthClient } from "better-auth/client";
import { clockOf, pageOf, pretend } from "../../src/device-sessions/page/environment.js";
import { createDeviceSessions, deviceSessionsClient } from "../../src/index.js";
import { createTestDevice, type TestClientOptions } from "../../src/testing/index.js";
import { createClient } from "../../src/testing/types.js";
import type { Run } from "./run-state.js";

const basePath = "/other/api/auth";
const scope = `http://localhost:3000${basePath}`;

/**
 * A page of another auth server on the same origin: locks, messages and storage are the same, and nothing else is. Its
 * server answers at once. Returns what it does when the run is over, and holds it against its own server.
 */
export function openNeighbor({ broken, clock, log, schedule, shared }: Run): () => Promise<void> {
	const { BroadcastChannel, localStorage, navigator } = shared();
	function surround(known: object): void {
		// Safe: the kit has pretended them for it.
		const around = { page: pageOf(known) ?? {}, clock: clockOf(known) ?? clock };
		const parts = {
			navigator: { ...navigator },
			...(localStorage && { localStorage }),
			...(BroadcastChannel && { BroadcastChannel }),
		};
		pretend(known, { page: { ...around.page, ...parts }, clock });
	}
	function createClientOf(options: TestClientOptions) {
		const { customFetchImpl } = options.fetchOptions;
		surround(customFetchImpl);
		const given = { ...options, basePath };
		return schedule.hasPlugin ? createAuthClient({ ...given, plugins: [deviceSessionsClient()] }) : createClient(given);
	}
	const other = createTestDevice({ seed: schedule.seed + 1, accounts: ["Ada", "Bob"], createClient: createClientOf });
	if (!schedule.hasPlugin) surround(other.client);
	const store = createDeviceSessions(other.client, schedule.hasPlugin ? {} : { scope });
	store.subscribe(() => {});

	return async () => {
		await clock.advance(5_000);
		if (other.sent.length !== 2) broken("a page of another auth server reads once, whatever happens beside it");
		const next = store.value?.sessions.find((row) => !row.active)?.id ?? "";
		let isDone = false;
		void store.setActive(next).then(({ error }) => {
			isDone = error === null;
			if (error) log.push(`the neighbor's switch: ${error.message}`);
		});
		await clock.advance(20_000);
		const active = other.rows().find((row) => row.active)?.id;
		if (!isDone || active !== next || store.value?.active?.id !== next)
			broken("a page of another auth server switches, whatever happens beside it");
		void store.destroy();
	};
}
