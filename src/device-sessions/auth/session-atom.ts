import { onNotify, type ReadableAtom } from "nanostores";
import * as v from "valibot";
import type { CoreClient, StoreClient } from "../../client.js";
import { GetSession } from "../../core/get-session.js";
import { failed, OperationError, ok, type Result } from "../../errors.js";
import { toOperationError } from "../../failure.js";
import { invalid } from "../../invalid.js";
import { defineOperation } from "../../operation.js";
import { fireSignal } from "../../signal.js";
import { soon } from "../../soon.js";
import type { Freshness } from "../events.js";
import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import { pageOf } from "../page/environment.js";
import type { Version } from "../tabs/version.js";
import { type Identity, Who } from "./vault.js";

interface SessionValue {
	readonly data: unknown;
	readonly error: unknown;
	readonly isPending: boolean;
	readonly isRefetching: boolean;
	readonly refetch: (options?: { query?: Record<string, unknown> }) => Promise<unknown>;
}

const operation = "getSession";

/** Who is active, as get-session says. */
export function toIdentity(answered: unknown): Result<Identity | null> {
	const { issues, output } = v.safeParse(Who, answered);
	return issues ? failed(invalid("invalid-response", operation, "An odd answer came", issues)) : ok(output ?? null);
}

/** Better Auth's session atom, the one thing that is read past the operations: `useSession` and the store then agree. */
export function createSessionAtom(
	client: CoreClient,
	clock: Clock,
	version: Pick<Version, "current" | "goesOnFor">,
	timeout: number,
) {
	// Not what the type says where a page without types calls; atoms are loose, since every plugin adds its own. A
	// client brings its own copy of nanostores, so what counts is what they can do.
	const { session: atom, $sessionSignal: signal } = ((client as Partial<StoreClient> | null)?.$store?.atoms ?? {}) as {
		readonly [name: string]: (ReadableAtom<SessionValue> & { readonly value: SessionValue }) | undefined;
	};
	if (!atom?.listen) {
		throw new OperationError(
			"invalid-input",
			"createDeviceSessions",
			"Pass the client of Better Auth's createAuthClient().",
		);
	}
	const noted = () => ({
		// Whether it is from before or after a change that goes on nobody can say.
		version: version.goesOnFor() === 0 ? version.current() : null,
		began: clock.monotonic(),
		beganOn: clock.now(),
	});
	/** The fetch that is under way, or the last that has ended: what it finds is worth as much as when it began. */
	let flight = noted();
	// As old as can be.
	if (!atom.value.isRefetching) flight.began = Number.NaN;
	// A server makes a store per request and keeps its client: nothing may stay behind there.
	const release = !pageOf(client)
		? () => {}
		: onNotify(atom, () => {
				const { error, isRefetching } = atom.value;
				if (!isRefetching) {
					if (error) flight.version = null;
					return;
				}
				flight = noted();
			});
	// The one clock may have stood still meanwhile, the other may have been set.
	const isSince = (ms: number) => clock.monotonic() - flight.began < ms && Math.abs(clock.now() - flight.beganOn) < ms;
	/** The next signal is this store's own. */
	let isOwn = false;
	/** Nothing has changed since it began. */
	const isNewest = () => flight.version === version.current();

	/** Who is active, undefined where the atom has not settled. Never `get()`: it would mount and fetch. */
	function current(): Result<Identity | null> | undefined {
		const { data, error, isPending, isRefetching } = (atom as NonNullable<typeof atom>).value;
		if (isPending || isRefetching) return undefined;
		if (error) return failed(toOperationError(error, { operation }));
		return toIdentity(data);
	}

	/** As `useSession` asks, so that a look costs nobody the session; or past the cookie cache. */
	const refetch = (isCertain = false) => {
		// Where it takes the place of another look, nobody is told that it has begun.
		flight = noted();
		return atom.value.refetch(isCertain ? { query } : undefined);
	};

	const shared = {
		operation,
		current,
		refetch,
		release,
		listen: (listener: () => void) => atom.listen(listener),
		/** Told whenever Better Auth, or anybody, says that the session has changed; and whether that is this store's own. */
		onSignal: (listener: (isOwn: boolean) => void) =>
			signal?.listen(() => {
				listener(isOwn);
				soon(() => {
					isOwn = false;
				});
			}),
		/** A call of this store's will have Better Auth fire the signal. */
		expectSignal(): void {
			isOwn = true;
		},
		fireSignal(): void {
			isOwn = true;
			fireSignal(client);
		},
		isBusy: () => atom.value.isRefetching,
		/** It hangs, or may be too old: nobody counts on this fetch any more, but where it is younger than so many ms. */
		forsake(unless = 0): void {
			// No version is: a device where nothing has changed yet has the empty one.
			if (!isSince(unless)) flight.version = null;
		},
		/** The very object that it holds. */
		held: () => atom.value.data,

		/**
		 * Waits until the atom has settled. A superseded fetch ends early: only what the atom then holds counts.
		 *
		 * @param isRetry a look that has been waited for once is so once more: it may be slow, or hang for good
		 */
		async read(freshness: Freshness, stop: AbortSignal, isRetry = false): Promise<Result<Identity | null>> {
			// Better Auth marks a fetch as under way a microtask late.
			await null;
			return new Promise((resolve) => {
				let counts =
					isNewest() &&
					(atom.value.isRefetching
						? /joined|settled/.test(freshness) && isSince(isRetry ? 2 * timeout : timeout)
						: freshness === "settled" && isSince(limits.young));
				const isCertain = freshness === "certain";
				const look = () => {
					counts ||= !isCertain && atom.value.isRefetching;
					const settled = counts && current();
					if (!settled) return;
					unlisten();
					resolve(settled);
				};
				const unlisten = atom.listen(look);
				stop.addEventListener("abort", unlisten);
				const over = () => {
					counts = true;
					look();
				};
				// Another look may take its place, and the cookie cache may answer that.
				const again = () => isCertain && !stop.aborted && atom.value.isRefetching && refetch(isCertain);
				if (counts) look();
				else refetch(isCertain).then(again).then(over, over);
			});
		},
	};
	if (pageOf(client)) return shared;
	// On a server the client, and its atom, may be everybody's: each store asks for itself, and for whoever it is made for.
	return {
		...shared,
		current: () => undefined,
		onSignal: () => undefined,
		isBusy: () => false,
		held: () => undefined,
		read: (freshness: Freshness, signal: AbortSignal) =>
			ask(client, { signal, fetchOptions: freshness === "certain" ? { query } : {} }),
	};
}

const query = { disableCookieCache: true };
const ask = /* @__PURE__ */ (() =>
	defineOperation({
		...GetSession,
		success: v.pipe(
			v.nullish(Who),
			v.transform((who) => who ?? null),
		),
	}))();

export type SessionAtom = ReturnType<typeof createSessionAtom>;
