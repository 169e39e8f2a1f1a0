import type { ReadableAtom } from "nanostores";
import { type Actor, createActor, type InspectionEvent } from "xstate";
import type { DeviceSessionsClient } from "../client.js";
import { destroyed, failed, type OperationError, ok, type Result } from "../errors.js";
import { rethrowLater } from "../rethrow-later.js";
import { createDevice } from "./actors/device.js";
import { createActors } from "./actors.js";
import type { CustomSchemas } from "./auth/accounts.js";
import type { CommandEvent } from "./events.js";
import { untilExpiry, untilRetry } from "./machine/timers.js";
import { type DeviceSessionsMachine, deviceSessionsMachine } from "./machine.js";
import { toClock } from "./page/clock.js";
import { clockOf } from "./page/environment.js";
import { checkIds, checkOptions, type DeviceSessionsOptions } from "./store/options.js";
import { project } from "./store/project.js";
import { publish } from "./store/publish.js";
import { sleepWhenNobodyLooks } from "./store/sleep.js";
import { readSnapshot } from "./store/snapshot.js";
import type {
	Checked,
	DeviceSession,
	DeviceSessionsSnapshot,
	DeviceSessionsState,
	Revoked,
	RevokedMany,
	SignedOut,
} from "./types.js";

/** The actor behind a store: for an inspector, `useSelector` or a test. */
export type DeviceSessionsActor = Actor<DeviceSessionsMachine>;

/**
 * The accounts signed in on this device, as a read-only nanostore with methods. Every command answers a `Result` and
 * never rejects, so a click handler may ignore it.
 *
 * @example
 * deviceSessions.subscribe((state) => render(state));
 * const { data, error } = await deviceSessions.setActive(row.id);
 */
export interface DeviceSessions<Client = unknown> extends ReadableAtom<DeviceSessionsState<Client>> {
	/** Every account of the device. Silent when none of them has changed. */
	readonly $sessions: ReadableAtom<readonly DeviceSession<Client>[]>;
	/** The active account, or null. */
	readonly $active: ReadableAtom<DeviceSession<Client> | null>;
	readonly $status: ReadableAtom<DeviceSessionsState["status"]>;
	readonly $error: ReadableAtom<OperationError | null>;
	/** The XState actor behind the store, one for its whole life. */
	readonly actor: DeviceSessionsActor;

	/** Reads the list and the session. */
	refetch(): Promise<Result<readonly DeviceSession<Client>[]>>;
	/**
	 * Switches to another account, in one round trip. The last click wins: a switch that waits is `superseded` by a newer
	 * one. Away from an active account that the server does not list it answers `active-unlisted`, unless
	 * `leaveUnlisted` says to sign that one out first.
	 *
	 * @example
	 * const { error } = await deviceSessions.setActive(row.id);
	 * if (error?.kind === "active-unlisted") await deviceSessions.setActive(row.id, { leaveUnlisted: true });
	 */
	setActive(id: string, options?: { leaveUnlisted?: boolean }): Promise<Result<DeviceSession<Client>>>;
	/**
	 * Signs one account out. Of the active one the survivor is made active first: `next`, else the one last used on this
	 * device. An account that is gone already is success.
	 *
	 * @example
	 * await deviceSessions.revoke(row.id, { next: other.id });
	 */
	revoke(id: string, options?: { next?: string }): Promise<Result<Revoked<Client>>>;
	/** Signs out every account but the active one. A `partial` failure says which were and which were not. */
	signOutOthers(): Promise<Result<RevokedMany>>;
	/** Signs out the whole device in one request. Where an identity provider wants the browser to go is in `url`. */
	signOutAll(): Promise<Result<SignedOut>>;
	/**
	 * Takes rows that a server rendered into a store of the whole page, before the first render. Does nothing on a server,
	 * where requests share the store, nor over what is known already. The next read finds the tokens.
	 *
	 * @param snapshot What `toDeviceSessions` made. It is checked: where it cannot be taken, the error is in the state too.
	 * @example
	 * deviceSessions.hydrate(JSON.parse(document.querySelector("#device-sessions")?.textContent ?? "null"));
	 */
	hydrate(snapshot: DeviceSessionsSnapshot): Result<readonly DeviceSession<Client>[]>;
	/** Lets what was sent finish, then stops everything. Commands that wait and later ones answer `destroyed`. */
	destroy(): Promise<void>;
}

/** A command's event before it has its ticket and its time. */
type Wanted = {
	[Type in CommandEvent["type"]]: Omit<Extract<CommandEvent, { type: Type }>, "ticket" | "at">;
}[CommandEvent["type"]];

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
	options: DeviceSessionsOptions<Checked<Client, Schemas>, Schemas> = {},
): DeviceSessions<Checked<Client, Schemas>> {
	checkOptions(options);
	const { inspect, schemas = {} } = options;
	const clock = toClock(options.clock ?? clockOf(client));
	// Safe: the rows are what the client answers, and the type of the callbacks says what that is.
	const settings = { ...(options as DeviceSessionsOptions), timeout: options.timeout ?? 10_000 };
	const device = createDevice(client, clock, settings);
	const { identity, page, lastUsed, vault } = device;
	const machine = deviceSessionsMachine.provide({
		actors: createActors(device),
		actions: { remember: (_, { id }) => lastUsed.remember(id) },
		delays: {
			expiry: ({ context }) => untilExpiry(context, clock.now()),
			retry: ({ context }) => untilRetry(context, clock.now()),
		},
	});
	const actor = createActor(machine, { clock, ...(inspect && { inspect: harmless(inspect) }) });
	const take = (snapshot: unknown): OperationError | null => {
		const taken = readSnapshot(snapshot, schemas, vault);
		if (!taken.error)
			void identity.show(
				taken.rows.find(({ id }) => id === taken.activeId),
				"external",
			);
		actor.send({ type: "hydrate", ...taken });
		return taken.error;
	};
	actor.start();
	if (options.initial) take(options.initial);
	const parts = (state: DeviceSessionsState) => ({
		$state: state,
		$sessions: state.sessions,
		$active: state.active,
		$status: state.status,
		$error: state.error,
	});
	const published = publish(parts(project(actor.getSnapshot())));
	const { $state, ...single } = published.stores;

	const answers = new Map<number, (result: Result<never>) => void>();
	let tickets = 0;
	let stopped: Promise<void> | undefined;
	let at: number | undefined;
	let last = 0;
	/** The same for what is asked in one go, before anything is sent, and never the same again: one read serves a go. */
	const moment = (): number => {
		if (at === undefined) {
			at = last = Math.max(clock.now(), last + 0.001);
			queueMicrotask(() => {
				at = undefined;
			});
		}
		return at;
	};
	const ask = <T>(wanted: Wanted, error?: OperationError): Promise<Result<T>> =>
		new Promise((resolve) => {
			if (stopped) return resolve(failed(destroyed()));
			tickets += 1;
			answers.set(tickets, resolve);
			actor.send(
				error ? { type: "command.malformed", ticket: tickets, error } : { ...wanted, ticket: tickets, at: moment() },
			);
		});

	actor.on("answered", ({ tickets: settled, result }) => {
		for (const ticket of settled) {
			// Safe: a command is answered with the result of its own kind.
			answers.get(ticket)?.(result as Result<never>);
			answers.delete(ticket);
		}
	});
	actor.subscribe((snapshot) => published.set(parts(project(snapshot))));
	sleepWhenNobodyLooks(
		Object.values(published.stores),
		(event) => !stopped && actor.send(event),
		clock,
		page !== undefined,
	);

	const deviceSessions: Omit<DeviceSessions, keyof ReadableAtom> = {
		...single,
		actor,
		refetch: () => ask({ type: "command.read", id: "" }),
		setActive: (id, given) =>
			ask({ type: "command.switch", id, leaveUnlisted: given?.leaveUnlisted === true }, checkIds("setActive", { id })),
		revoke(id, given) {
			const next = given?.next;
			// An account cannot come after itself.
			const error = checkIds("revoke", { id, next: next !== undefined && next === id ? null : next });
			return ask({ type: "command.revoke", scope: "one", id, next }, error);
		},
		signOutOthers: () => ask({ type: "command.revoke", scope: "others", id: "" }),
		signOutAll: () => ask({ type: "command.revoke", scope: "all", id: "" }),
		hydrate(snapshot) {
			if (stopped) return failed(destroyed());
			const { context } = actor.getSnapshot();
			if (!page || !context.isPending) return ok(context.rows);
			const error = take(snapshot);
			if (error) return failed(error);
			// The first render of a client is that of the server.
			for (const store of Object.values(published.stores)) Object.assign(store, { init: store.value });
			return ok(actor.getSnapshot().context.rows);
		},
		destroy() {
			device.close();
			stopped ??= new Promise((resolve) => {
				actor.on("stopped", () => {
					device.atom.release();
					// Not from within its own transition.
					queueMicrotask(() => {
						actor.stop();
						resolve();
					});
				});
				actor.send({ type: "destroy" });
			});
			return stopped;
		},
	};
	// Safe: the rows are what the client answers, and its type says what that is.
	return Object.assign($state, deviceSessions) as unknown as DeviceSessions<Checked<Client, Schemas>>;
}

/** An inspector's own fault must not reach whoever sent the event. */
function harmless(inspect: NonNullable<DeviceSessionsOptions["inspect"]>): (event: InspectionEvent) => void {
	return (event) => {
		try {
			if (typeof inspect === "function") inspect(event);
			else inspect.next?.(event);
		} catch (error) {
			rethrowLater(error);
		}
	};
}
