import type { DeviceSessionsClient } from "../../client.js";
import { failed, type Result } from "../../errors.js";
import { toOperationError } from "../../failure.js";
import type { OperationOptions } from "../../operation.js";
import type { Clock } from "./clock.js";
import type { Recency } from "./recency.js";
import { createSessionAtom, type SessionAtom } from "./session-atom.js";
import { createVault, type Vault } from "./vault.js";

/** What the service actors share: the client, its session atom, the tokens, the clock and the time a request may take. */
export interface Device {
	readonly client: DeviceSessionsClient;
	readonly atom: SessionAtom;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly recency: Recency;
	/** How long a request may take, in ms. */
	readonly timeout: number;
	/**
	 * Sends one operation, which may take so long and no longer, and ends when `stop` does; the answer does not wait for
	 * a `fetch` that ignores its signal. Mutations keep the session signal still: it is fired once, when publishing.
	 */
	send<T>(operation: string, stop: AbortSignal, call: (options: SendOptions) => Promise<Result<T>>): Promise<Result<T>>;
}

/** What an operation is sent with. */
export interface SendOptions extends OperationOptions {
	readonly signal: AbortSignal;
}

export function createDevice(client: DeviceSessionsClient, clock: Clock, recency: Recency, timeout: number): Device {
	return {
		client,
		atom: createSessionAtom(client, clock),
		vault: createVault(),
		clock,
		recency,
		timeout,
		async send(operation, stop, call) {
			const controller = new AbortController();
			const { signal } = controller;
			const timer = clock.setTimeout(() => controller.abort({ name: "TimeoutError" }), timeout);
			const abort = () => controller.abort(stop.reason);
			stop.addEventListener("abort", abort);
			const late = new Promise<Result<never>>((resolve) => {
				signal.addEventListener("abort", () =>
					resolve(failed(toOperationError(signal.reason, { operation, signal, secrets: [] }))),
				);
			});
			try {
				return await Promise.race([call({ signal, fetchOptions: { disableSignal: true } }), late]);
			} finally {
				clock.clearTimeout(timer);
				stop.removeEventListener("abort", abort);
			}
		},
	};
}
