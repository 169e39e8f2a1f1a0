import { createAuthClient } from "better-auth/client";
import { multiSessionClient, twoFactorClient } from "better-auth/client/plugins";
import { clockOf, type Page, pageOf, pretend } from "../../src/device-sessions/page/environment.js";
import {
	type DeviceSessions,
	type DeviceSessionsClock,
	type DeviceSessionsOptions,
	deviceSessionsClient,
} from "../../src/index.js";
import { createTestDevice, type TestClient, type TestClientOptions, type TestDevice } from "../../src/testing/index.js";
import { createClient } from "../../src/testing/types.js";
import { type App, createApp } from "./app.js";
import { type Around, createGate, type Gate, surround, throughPage } from "./around.js";
import { leaveOutIds } from "./ids.js";
import { type Broken, type Happening, people, type Schedule } from "./schedule.js";
import { surroundingsOf, type WideSchedule } from "./surroundings.js";

/** A fault planted into what a store stands on: it shows whether the simulation would notice. */
export interface Plant {
	/** Replaces something for all; answers how to put it back. */
	readonly install?: () => () => void;
	/** The client that a store is made for; the plugin makes its own. */
	readonly client?: (client: TestClient) => TestClient;
	readonly page?: (page: Page, clock: DeviceSessionsClock) => Page;
	/** What its requests go through. */
	readonly fetch?: (send: typeof fetch) => typeof fetch;
	readonly store?: (store: DeviceSessions) => void;
	/** What the app chooses. */
	readonly options?: (options: DeviceSessionsOptions) => DeviceSessionsOptions;
	/** It shows only where schedules are wide, and have these kinds. */
	readonly kinds?: readonly string[];
	/** It shows only where the client has the plugin. */
	readonly needsPlugin?: boolean;
	/** The first seed that found it when it was planted. Default: 1. */
	readonly seed?: number;
}

const limit = (retryAfter: string | null) => () =>
	new Response("{}", { status: 429, headers: retryAfter === null ? {} : { "X-Retry-After": retryAfter } });

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
		const { path, delay, lag, lose, answer, retryAfter = "2" } = happening;
		const instead = answer === "limit" ? { refuse: limit(retryAfter) } : answer && { answer: answers[answer] };
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
/** What is known of a page before its store is there. */
interface Parts {
	readonly app: App;
	readonly gate: Gate;
	readonly around: Around;
}

export type OpenDevice = ReturnType<typeof openDevice>;

/** The device of a schedule. Until it is given back, all timers of this process run on its simulated clock. */
export function openDevice(schedule: Schedule | WideSchedule, plant: Plant) {
	const { seed, hasPlugin, people, maximumSessions, latency } = schedule;
	const surroundings = surroundingsOf(schedule);
	const parts = new WeakMap<object, Parts>();
	/** The next store of a page has functions of its own. */
	const used = new Set<TestClient>();
	let pages = 0;
	/** The first page as the kit made it: its storage, locks and channels are those of the device. */
	let shared: Page | undefined;
	function createAppOf(): App {
		pages += 1;
		const app = createApp(seed, pages - 1, surroundings);
		return Object.assign(app, { options: plant.options?.(app.options) ?? app.options });
	}
	/** The client of a page, which stands in what the schedule and the plant say. A plugin makes its store along with it. */
	function createClientOf(options: TestClientOptions): TestClient {
		const known = options.fetchOptions.customFetchImpl;
		const gate = createGate();
		const app = createAppOf();
		// Safe: the kit has pretended both for it.
		const kit = { page: pageOf(known), clock: clockOf(known) } as Around;
		shared ??= kit.page;
		const { page, clock } = surround(kit, surroundings, gate);
		const around = { page: plant.page?.(page, clock) ?? page, clock };
		const through = throughPage(known, surroundings, gate, (token) => {
			const id = device.sessions().find((session) => session.token === token)?.id;
			if (id !== undefined) app.activates(id);
		});
		const customFetchImpl = plant.fetch?.(through) ?? through;
		pretend(customFetchImpl, around);
		const given = { ...options, fetchOptions: { customFetchImpl } };
		const hasTwoFactors = surroundings.twoFactor.length > 0;
		const plugin = hasPlugin ? deviceSessionsClient(app.options) : multiSessionClient();
		// Safe: the second plugin brings calls of its own, which nobody types here.
		const client = (
			hasTwoFactors
				? createAuthClient({ ...given, plugins: [plugin, twoFactorClient()] })
				: hasPlugin
					? createAuthClient({ ...given, plugins: [plugin] })
					: createClient(given)
		) as TestClient;
		parts.set(client, { app, gate, around });
		return client;
	}
	const device: TestDevice = createTestDevice({
		seed,
		accounts: people,
		maximumSessions,
		latency,
		createClient: createClientOf,
		...(surroundings.cookieCache !== null && { cookieCache: surroundings.cookieCache }),
		...(surroundings.twoFactor.length > 0 && { twoFactor: surroundings.twoFactor }),
	});
	if (surroundings.lacksIds) leaveOutIds(device);
	const { clock } = device;
	const putBack = plant.install?.();
	const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	const { warn } = console;
	// Better Auth's client and nanostores have timers of their own. Safe: the two are called with a function and a time.
	Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
	// Odd columns are told of, once each.
	console.warn = () => {};
	return {
		device,
		clock,
		surroundings,
		shared: (): Page => shared ?? {},
		/** The client of a page, with what is planted, and what there is besides. */
		prepare(client: TestClient): Parts & { readonly client: TestClient } {
			const planted = plant.client?.(client) ?? client;
			const known = parts.get(client);
			if (!known) throw new TypeError("This is no client of the device.");
			pretend(planted, known.around);
			const app = used.has(client) ? createAppOf() : known.app;
			used.add(client);
			return { ...known, app, client: planted };
		},
		giveBack() {
			Object.assign(globalThis, real);
			console.warn = warn;
			putBack?.();
		},
	};
}
