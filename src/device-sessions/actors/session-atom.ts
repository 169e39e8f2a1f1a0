import { onNotify, type ReadableAtom } from "nanostores";
import * as v from "valibot";
import type { StoreClient } from "../../client.js";
import { OperationError } from "../../errors.js";
import { toOperationError } from "../../failure.js";
import type { Freshness } from "../events.js";
import type { Clock } from "./clock.js";
import type { Identity } from "./vault.js";

interface SessionValue {
	readonly data: unknown;
	readonly error: unknown;
	readonly isPending: boolean;
	readonly isRefetching: boolean;
	readonly refetch: (options?: { query?: Record<string, unknown> }) => Promise<unknown>;
}

const operation = "getSession";
const isSettled = ({ isPending, isRefetching }: SessionValue): boolean => !isPending && !isRefetching;

/** Better Auth's session atom, the one thing that is read past the operations: `useSession` and the store then agree. */
export function createSessionAtom(client: StoreClient, clock: Clock) {
	// Not what the type says where a page without types calls: looked at before anything relies on it.
	const atoms = (client as Partial<StoreClient> | null | undefined)?.$store?.atoms ?? {};
	const Who = v.nullish(
		v.looseObject({ session: v.record(v.string(), v.unknown()), user: v.record(v.string(), v.unknown()) }),
	);
	const found = atoms["session"];
	if (!isAtom(found)) {
		throw new OperationError(
			"invalid-input",
			"createDeviceSessions",
			"The client has no session atom: pass what Better Auth's createAuthClient() returned.",
		);
	}
	const atom = found;
	let settledAt = Number.NEGATIVE_INFINITY;
	const release = onNotify(atom, () => {
		if (isSettled(atom.value) && !atom.value.error) settledAt = clock.now();
	});

	/** Who is active, an error, or undefined where the atom has not settled. Never `get()`: it would mount and fetch. */
	function current(): { who: Identity | null } | { error: OperationError } | undefined {
		const { data, error } = atom.value;
		if (!isSettled(atom.value)) return undefined;
		if (error) return { error: toOperationError(error, { operation, secrets: [] }) };
		const parsed = v.safeParse(Who, data);
		if (parsed.success) return { who: parsed.output ?? null };
		return { error: new OperationError("invalid-response", operation, "get-session got an unexpected answer.") };
	}

	const refetch = () => atom.value.refetch({ query: { disableCookieCache: true } });

	return {
		operation,
		current,
		refetch,
		release,
		listen: (listener: () => void): (() => void) => atom.listen(listener),
		signal: (): void => client.$store.notify("$sessionSignal"),
		/** Told whenever Better Auth, or anybody, says that the session has changed. */
		onSignal(listener: () => void): () => void {
			const signal = atoms["$sessionSignal"];
			return isAtom(signal) ? signal.listen(listener) : () => {};
		},
		isBusy: (): boolean => atom.value.isRefetching,

		/** Waits until the atom has settled. A superseded fetch ends early: only what the atom then holds counts. */
		async read(freshness: Freshness, stop: AbortSignal): Promise<Identity | null> {
			// Better Auth marks a fetch as under way a microtask late.
			await null;
			return new Promise((resolve, reject) => {
				let begun = atom.value.isRefetching;
				const end = () => {
					unlisten();
					stop.removeEventListener("abort", abort);
				};
				const abort = () => {
					end();
					reject(toOperationError(stop.reason, { operation, signal: stop, secrets: [] }));
				};
				const look = () => {
					begun ||= atom.value.isRefetching;
					const now = begun ? current() : undefined;
					if (!now) return;
					end();
					if ("error" in now) reject(now.error);
					else resolve(now.who);
				};
				const unlisten = atom.listen(look);
				stop.addEventListener("abort", abort);
				if (stop.aborted) return abort();
				if (freshness === "settled" && clock.now() - settledAt < 1000) begun = true;
				else if (freshness === "fresh" || !begun) {
					refetch().then(
						() => {
							begun = true;
							look();
						},
						(thrown) => {
							end();
							reject(toOperationError(thrown, { operation, secrets: [] }));
						},
					);
				}
				look();
			});
		},
	};
}

export type SessionAtom = ReturnType<typeof createSessionAtom>;

/** Structural: a client brings its own copy of nanostores, which may be another version's. */
function isAtom(value: unknown): value is ReadableAtom<SessionValue> & { readonly value: SessionValue } {
	return (
		(typeof value === "object" || typeof value === "function") &&
		value !== null &&
		"listen" in value &&
		"value" in value
	);
}
