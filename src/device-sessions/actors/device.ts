import type { DeviceSessionsClient } from "../../client.js";
import { failed, type Result } from "../../errors.js";
import { toOperationError } from "../../failure.js";
import type { OperationOptions } from "../../operation.js";
import type { Freshness } from "../events.js";
import { type Clock, withDeadline } from "./clock.js";
import type { Recency } from "./recency.js";
import { createSessionAtom, type SessionAtom } from "./session-atom.js";
import { createVault, type Identity, type Vault } from "./vault.js";

/** What the service actors share: the client, its session atom, the tokens, the clock and the time a request may take. */
export interface Device {
	readonly client: DeviceSessionsClient;
	readonly atom: SessionAtom;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly recency: Recency;
	/** Sends one operation. Mutations keep the session signal still: it is fired once, at the moment of publishing. */
	send<T>(
		operation: string,
		stop: AbortSignal,
		call: (options: OperationOptions) => Promise<Result<T>>,
	): Promise<Result<T>>;
	/** Who is active, by Better Auth's session atom. Rejects. */
	whoIsActive(freshness: Freshness, stop: AbortSignal): Promise<Identity | null>;
}

export function createDevice(client: DeviceSessionsClient, clock: Clock, recency: Recency, timeout: number): Device {
	const atom = createSessionAtom(client, clock);
	return {
		client,
		atom,
		vault: createVault(),
		clock,
		recency,
		send: (operation, stop, call) =>
			withDeadline(
				clock,
				timeout,
				stop,
				(signal) => call({ signal, fetchOptions: { disableSignal: true } }),
				(signal) => failed(toOperationError(signal.reason, { operation, signal, secrets: [] })),
			),
		whoIsActive: (freshness, stop) =>
			withDeadline(
				clock,
				timeout,
				stop,
				(signal) => atom.read(freshness, signal),
				(signal) => Promise.reject(toOperationError(signal.reason, { operation: atom.operation, signal, secrets: [] })),
			),
	};
}
