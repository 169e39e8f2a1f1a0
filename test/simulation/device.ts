import { createAuthClient } from "better-auth/client";
import { clockOf, type Page, pageOf, pretend } from "../../src/device-sessions/page/environment.js";
import { type DeviceSessions, type DeviceSessionsClock, deviceSessionsClient } from "../../src/index.js";
import { createTestDevice, type TestClient, type TestClientOptions, type TestDevice } from "../../src/testing/index.js";
import { type Broken, type Happening, people, type Schedule } from "./schedule.js";

/** A fault planted into what a store stands on: it shows whether the simulation would notice. */
export interface Plant {
	/** Replaces something for all; answers how to put it back. */
	readonly install?: () => () => void;
	/** The client that a store is made for; the plugin makes its own. */
	readonly client?: (client: TestClient) => TestClient;
	readonly page?: (page: Page, clock: DeviceSessionsClock) => Page;
	readonly store?: (store: DeviceSessions) => void;
	/** It shows only where the client has the plugin. */
	readonly needsPlugin?: boolean;
	/** The first seed that found it when it was planted. Default: 1. */
	readonly seed?: number;
}

/** A store is slow to wait, so that runs are short. In every fourth run the app takes its time to forget an account. */
const optionsOf = ({ seed }: Schedule) => ({
	timeout: 2_000,
	...(seed % 4 === 1 && { onIdentityChange: () => new Promise<void>((resolve) => setTimeout(resolve, seed % 2_000)) }),
});

/** The page that is known of something, with what is planted. */
function plantPage({ page: change }: Plant, known: object): { page: Page; clock: DeviceSessionsClock } | undefined {
	const [page, clock] = [pageOf(known), clockOf(known)];
	return page && clock && { page: change?.(page, clock) ?? page, clock };
}

const limit = () => new Response("{}", { status: 429, headers: { "X-Retry-After": "2" } });

const answers: Record<Exclude<NonNullable<Broken>, "limit">, () => Response> = {
	fault: () => new Response("{}", { status: 503 }),
	html: () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } }),
	shape: () => Response.json([{ session: 7 }]),
};

/** What happens to the device and its server, whichever pages are open. */
export function befall(
	device: TestDevice,
	happening: Extract<Happening, { what: "end" | "expire" | "ripen" | "disturb" }>,
): void {
	if (happening.what === "disturb") {
		const { path, delay, lag, lose, answer } = happening;
		const instead = answer === "limit" ? { refuse: limit } : answer && { answer: answers[answer] };
		device.disturb(path, { delay, lag, ...(lose && { lose }), ...instead });
		return;
	}
	const name = people[happening.person] ?? "";
	if (happening.what !== "ripen") {
		device[happening.what](name);
		return;
	}
	const now = device.clock.now();
	for (const session of device.sessionsOf(name))
		if (+session.expiresAt > now) session.expiresAt = new Date(now + 5 * 86_400_000);
}

/** The device of a schedule. Until it is given back, all timers of this process run on its simulated clock. */
export type OpenDevice = ReturnType<typeof openDevice>;

export function openDevice(schedule: Schedule, plant: Plant) {
	const { seed, hasPlugin, people, maximumSessions, latency } = schedule;
	const storeOptions = optionsOf(schedule);
	/** The plugin makes its store along with the client, which it knows by its `fetch`. */
	function createPlanted(options: TestClientOptions): TestClient {
		const known = options.fetchOptions.customFetchImpl;
		const planted = plantPage(plant, known);
		if (planted) pretend(known, planted);
		return createAuthClient({ ...options, plugins: [deviceSessionsClient(storeOptions)] });
	}
	const device: TestDevice = createTestDevice({
		seed,
		accounts: people,
		maximumSessions,
		latency,
		...(hasPlugin && { createClient: createPlanted }),
	});
	const { clock } = device;
	const putBack = plant.install?.();
	const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	// Better Auth's client and nanostores have timers of their own. Safe: the two are called with a function and a time.
	Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
	return {
		device,
		clock,
		storeOptions,
		/** The client of a page, with what is planted. */
		prepare(client: TestClient): TestClient {
			const planted = plant.client?.(client) ?? client;
			const surroundings = plantPage(plant, client);
			if (surroundings) pretend(planted, surroundings);
			return planted;
		},
		giveBack() {
			Object.assign(globalThis, real);
			putBack?.();
		},
	};
}
