import type { DeviceSessionsClient } from "../../client.js";
import { failed, type Result } from "../../errors.js";
import { toOperationError } from "../../failure.js";
import type { OperationOptions } from "../../operation.js";
import { type CheckAccounts, type CustomSchemas, createAccounts } from "../auth/accounts.js";
import { createSessionAtom, type SessionAtom } from "../auth/session-atom.js";
import { createVault, type Vault } from "../auth/vault.js";
import { createIdentity, type IdentityOfPage } from "../identity/announce.js";
import { type Callbacks, createCallbacks } from "../identity/callbacks.js";
import type { Clock } from "../page/clock.js";
import { type Page, pageOf } from "../page/environment.js";
import { scopeOf } from "../page/server.js";
import { createStorage } from "../page/storage.js";
import { withTimeout } from "../page/with-timeout.js";
import { type Channel, createChannel } from "../tabs/channel.js";
import { createEnded, type Ended } from "../tabs/ended.js";
import { createHalfWay, type HalfWay } from "../tabs/half-way.js";
import { createLastUsed, type LastUsed } from "../tabs/last-used.js";
import { createLock, type Lock } from "../tabs/lock.js";
import { namesOf } from "../tabs/names.js";
import { createVersion, type Version } from "../tabs/version.js";
import type { Wire } from "../wire/wire.js";

/** What the app has chosen. */
export interface DeviceSettings extends Callbacks {
	/** How long a request may take, in ms. */
	readonly timeout: number;
	readonly scope?: string | undefined;
	readonly whenActiveLost?: "report" | "promote" | undefined;
	readonly refetchOnWindowFocus?: boolean | undefined;
	readonly refetchInterval?: number | undefined;
	readonly refetchWhenOffline?: boolean | undefined;
	readonly schemas?: CustomSchemas | undefined;
	readonly rememberEnded?: boolean | undefined;
	readonly orderCalls?: boolean | undefined;
}

/** What the service actors share: the client and its session atom, the tokens, the page, the clock and the time a request may take. */
export interface Device {
	readonly client: DeviceSessionsClient;
	/** The calls of the client; none is seen where the client has no plugin. */
	readonly wire: Wire | undefined;
	readonly settings: DeviceSettings;
	readonly atom: SessionAtom;
	readonly vault: Vault;
	readonly check: CheckAccounts;
	readonly clock: Clock;
	/** None on a server. */
	readonly page: Page | undefined;
	readonly lastUsed: LastUsed;
	readonly channel: Channel;
	readonly lock: Lock;
	readonly version: Version;
	readonly halfWay: HalfWay;
	readonly ended: Ended;
	/** The app's functions. */
	readonly callbacks: ReturnType<typeof createCallbacks>;
	readonly identity: IdentityOfPage;
	/** Waits for the app no longer: the store is being destroyed. */
	close(): void;
	/**
	 * Sends one operation, which may take so long and no longer, and ends when `stop` does; the answer does not wait for
	 * a `fetch` that ignores its signal. Mutations keep the session signal still: it is fired once, when publishing.
	 */
	readonly send: Send;
	/** The same, of one that changes something. */
	readonly mutate: Send;
	/** Told where a mutation has come to an end that nobody waits for any more: what it did is not known. */
	onLate(listener: () => void): () => void;
}

type Send = <T>(
	operation: string,
	stop: AbortSignal,
	call: (options: SendOptions) => Promise<Result<T>>,
) => Promise<Result<T>>;

/** What an operation is sent with. */
export interface SendOptions extends OperationOptions {
	readonly signal: AbortSignal;
}

export function createDevice(
	client: DeviceSessionsClient,
	clock: Clock,
	settings: DeviceSettings,
	wire?: Wire,
): Device {
	const { timeout } = settings;
	const closing = new AbortController();
	const callbacks = createCallbacks(settings, clock, timeout, closing.signal);
	const page = pageOf(client);
	const nameOf = namesOf(scopeOf(settings.scope ?? "", page));
	const storage = createStorage(page, nameOf);
	const channel = createChannel(page, nameOf("channel"));
	const version = createVersion(storage, channel, clock, timeout);
	const vault = createVault();
	const halfWay = createHalfWay(storage, clock);
	const listeners = new Set<() => void>();
	const sendWith =
		(late: () => void): Send =>
		(operation, stop, call) =>
			withTimeout(
				clock,
				timeout,
				stop,
				(signal) => {
					wire?.claim(signal);
					return call({ signal, fetchOptions: { disableSignal: true } });
				},
				(signal) => failed(toOperationError(signal.reason, { operation, signal })),
				late,
			);
	return {
		client,
		wire,
		settings,
		atom: createSessionAtom(client, clock, version, settings.timeout),
		vault,
		check: createAccounts(settings.schemas ?? {}),
		clock,
		page,
		lastUsed: createLastUsed(storage, clock),
		channel,
		lock: createLock(clock, page, nameOf("lock")),
		version,
		halfWay,
		ended: createEnded(storage, clock, wire && (settings.rememberEnded ?? false)),
		callbacks,
		identity: createIdentity(client, callbacks, () => {
			const stopped = halfWay.current();
			return stopped && { from: vault.row(stopped.from) };
		}),
		close: () => closing.abort(),
		send: sendWith(() => {}),
		mutate: sendWith(() => {
			for (const listener of listeners) listener();
		}),
		onLate(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
