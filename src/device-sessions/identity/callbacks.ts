import { destroyed, failed, OperationError, ok, type Result } from "../../errors.js";
import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import { withTimeout } from "../page/with-timeout.js";
import type { IdentityChange, SwitchChange } from "../types.js";

/** What the app hands in, to be asked before a switch and told after one. */
export interface Callbacks {
	readonly onBeforeSwitch?: ((change: SwitchChange) => unknown) | undefined;
	readonly onIdentityChange?: ((change: IdentityChange) => unknown) | undefined;
}

/**
 * The app's own functions, called so that a throw, or a promise that never settles, is an error of kind `callback`.
 * `closing` ends the wait.
 */
export function createCallbacks(given: Callbacks, clock: Clock, timeout: number, closing: AbortSignal) {
	async function call(
		operation: keyof Callbacks,
		ms: number,
		change: SwitchChange | IdentityChange,
	): Promise<Result<unknown>> {
		const fail = (what: string, cause?: unknown) =>
			failed(new OperationError("callback", operation, `${operation} ${what}`, { cause }));
		// Safe: each is called with what it takes, by the two below.
		const callback = given[operation] as ((change: unknown) => unknown) | undefined;
		if (!callback) return ok(undefined);
		return withTimeout<Result<unknown>>(
			clock,
			ms,
			closing,
			async () => {
				try {
					return ok(await callback(change));
				} catch (thrown) {
					return fail("threw.", thrown);
				}
			},
			() =>
				closing.aborted
					? failed(destroyed())
					: fail(`took longer than ${ms} ms: a command of the store cannot be awaited in it.`),
		);
	}

	return {
		/** Whether the page lets go of the active account for this command: null, or why nothing is sent. */
		async ask(command: string, change: SwitchChange): Promise<OperationError | null> {
			const { data, error } = await call("onBeforeSwitch", timeout, change);
			if (data !== false) return error;
			return new OperationError("refused", command, "onBeforeSwitch refused.");
		},
		/** Tells the page, between two identities. Null, or its failure. */
		async tell(change: IdentityChange): Promise<OperationError | null> {
			const { error } = await call("onIdentityChange", limits.letGo, change);
			return error?.kind === "destroyed" ? null : error;
		},
	};
}
