/**
 * Something of the app's for each account, such as a query cache.
 *
 * @module
 */
import { computed, type ReadableAtom } from "nanostores";
import { OperationError } from "./errors.js";
import { rethrowLater } from "./rethrow-later.js";

/** What is asked of the store: whether anything is known yet, and whose account is active. */
interface Watched {
	readonly isPending: boolean;
	readonly active: { readonly user: { readonly id: string } } | null;
}

/**
 * Keeps one value for the account that is active, and makes a new one when another user becomes active: a cache of its
 * own for each, so that nothing of one account can be shown to another. The new value comes together with the new
 * account, and a user who signs out and in again has a new one. That is so while somebody listens, as a mounted component
 * does: without a listener a value is made, and ended, when it is next read.
 *
 * @param deviceSessions The store, of `createDeviceSessions` or of the plugin.
 * @param create Makes the value. It is told the user's id, or null where nobody is active. Where it throws, there is no
 * value, and the error is the page's.
 * @param end Called with a value that is not needed any more, before the next one is made: aborts its requests, clears
 * it. What it throws is the page's error, and the next value is made all the same.
 * @returns A nanostore of the value. It is null until something is known, the active account included.
 * @throws {OperationError} `invalid-input` where `deviceSessions` is no store, or `create` or `end` is no function.
 * @example
 * import { QueryClient } from "@tanstack/react-query";
 * import { perAccount } from "device-sessions/per-account";
 * const $queryClient = perAccount(deviceSessions, () => new QueryClient(), (client) => client.clear());
 */
export function perAccount<Value>(
	deviceSessions: ReadableAtom<Watched>,
	create: (account: string | null) => Value,
	end: (value: Value) => void = () => {},
): ReadableAtom<Value | null> {
	if (typeof deviceSessions?.subscribe !== "function" || typeof create !== "function" || typeof end !== "function") {
		throw new OperationError("invalid-input", "perAccount", "perAccount: Pass the store, and functions.");
	}
	let current: { readonly account: string | null; readonly value: Value } | undefined;

	return computed(deviceSessions, ({ active, isPending }) => {
		if (isPending) return null;
		const account = active?.user.id ?? null;
		if (current?.account === account) return current.value;
		const left = current;
		current = undefined;
		try {
			if (left) end(left.value);
		} catch (error) {
			rethrowLater(error);
		}
		try {
			current = { account, value: create(account) };
		} catch (error) {
			// No value at all rather than the one of the account before.
			rethrowLater(error);
		}
		return current?.value ?? null;
	});
}
