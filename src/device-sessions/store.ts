import type { ReadableAtom } from "nanostores";
import type { DeviceSessionsClient } from "../client.js";
import { destroyed, failed, OperationError, ok } from "../errors.js";
import { createDevice } from "./actors/device.js";
import type { CustomSchemas } from "./auth/accounts.js";
import * as limits from "./limits.js";
import { shownOf } from "./machine/rows.js";
import { toClock } from "./page/clock.js";
import { clockOf, pageOf } from "./page/environment.js";
import { startActor } from "./store/actor.js";
import { createCommands } from "./store/commands.js";
import type { DeviceSessions } from "./store/device-sessions.js";
import { checkOptions, type DeviceSessionsOptions } from "./store/options.js";
import { project } from "./store/project.js";
import { publish } from "./store/publish.js";
import { sleepWhenNobodyLooks } from "./store/sleep.js";
import { readSnapshot } from "./store/snapshot.js";
import type { Checked, DeviceSessionsState, SessionOf, UserOf } from "./types.js";
import type { Wire } from "./wire/wire.js";

/**
 * A reactive store of the accounts signed in on this device, over Better Auth's multi-session plugin.
 *
 * @param client What Better Auth's `createAuthClient({ plugins: [multiSessionClient()] })` returned, of any framework.
 * @throws {OperationError} `invalid-input`, at once, where the client or an option is not what it should be.
 * @example
 * const authClient = createAuthClient({ plugins: [multiSessionClient()] });
 * const deviceSessions = createDeviceSessions(authClient);
 * deviceSessions.subscribe(({ sessions }) => console.log(sessions.map(({ user }) => user.name)));
 */
export function createDeviceSessions<Client extends DeviceSessionsClient, Schemas extends CustomSchemas = object>(
	client: Client,
	options?: DeviceSessionsOptions<Checked<Client, Schemas>, Schemas>,
): DeviceSessions<UserOf<Checked<Client, Schemas>>, SessionOf<Checked<Client, Schemas>>> {
	const own = pageOf(client) && storeOf(client);
	if (own && options && Object.keys(options).length > 0) {
		const message = "This client has the plugin: give its options to deviceSessionsClient().";
		throw new OperationError("invalid-input", "createDeviceSessions", message);
	}
	// Safe: the rows are what the client answers, and its type says what that is; so does the type of the callbacks.
	return (own ?? openStore(client, (options ?? {}) as DeviceSessionsOptions)) as unknown as DeviceSessions<
		UserOf<Checked<Client, Schemas>>,
		SessionOf<Checked<Client, Schemas>>
	>;
}

/** The store that a plugin has made part of a client. */
function storeOf(client: Partial<DeviceSessionsClient> | null): DeviceSessions | undefined {
	const store = client?.$store?.atoms?.["deviceSessions"];
	// Safe: whatever a client does not have, it answers a function for; and the name is this package's.
	return typeof store === "object" ? (store as DeviceSessions) : undefined;
}

/** A store for this client, in whose calls it looks where it has a wire. */
export function openStore(client: DeviceSessionsClient, options: DeviceSessionsOptions, wire?: Wire): DeviceSessions {
	checkOptions(options, "createDeviceSessions");
	const clock = toClock(options.clock ?? clockOf(client));
	const device = createDevice(client, clock, { ...options, timeout: options.timeout ?? limits.timeout }, wire);
	const { identity, page, vault, version } = device;
	const actor = startActor(device, options.inspect);
	const takeSnapshot = (snapshot: unknown): OperationError | null => {
		const taken = readSnapshot(snapshot, options.schemas ?? {}, vault);
		const active = taken.rows.find(({ id }) => id === taken.activeId);
		if (!taken.error) void identity.show(active, "external");
		actor.send({ type: "hydrate", ...taken });
		return taken.error;
	};
	if (options.initial) takeSnapshot(options.initial);

	const published = publish(parts(project(actor.getSnapshot(), options.maximumSessions)));
	const { $state, ...single } = published.stores;
	const stores = Object.values(published.stores);
	actor.subscribe((snapshot) => published.set(parts(project(snapshot, options.maximumSessions))));
	const commands = createCommands(device, actor);
	sleepWhenNobodyLooks(
		stores,
		(event) => !commands.isStopped() && actor.send(event),
		clock,
		version,
		page !== undefined,
	);

	const deviceSessions: Omit<DeviceSessions, keyof ReadableAtom> = {
		...single,
		actor,
		...commands.methods,
		hydrate(snapshot) {
			const rows = () => ok(shownOf(actor.getSnapshot().context.rows));
			if (commands.isStopped()) return failed(destroyed());
			if (!page || !actor.getSnapshot().context.isPending) return rows();
			const error = takeSnapshot(snapshot);
			if (error) return failed(error);
			// The first render of a client is that of the server.
			for (const store of stores) Object.assign(store, { init: store.value });
			return rows();
		},
	};
	// A hook of Better Auth's then renders what the server did until the page is hydrated.
	Object.defineProperty($state, Symbol.for("better-auth:auth-query"), { value: true });
	return Object.assign($state, deviceSessions);
}

/** What is published, store by store. */
const parts = (state: DeviceSessionsState) => ({
	$state: state,
	$sessions: state.sessions,
	$active: state.active,
	$status: state.status,
	$error: state.error,
});
