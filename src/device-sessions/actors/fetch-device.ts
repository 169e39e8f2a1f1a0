import { OperationError } from "../../errors.js";
import { ListSessions } from "../../multi-session/list-sessions.js";
import type { Account } from "../auth/accounts.js";
import type { Identity } from "../auth/vault.js";
import type { Freshness, ReadInput } from "../events.js";
import { stopped } from "../page/stop-if-aborted.js";
import type { Device } from "./device.js";
import { listLoosely } from "./requests.js";

type News = ReturnType<typeof watchForNews>;

/** Whether Better Auth has said since that the session has changed, or its atom holds something else. */
export function watchForNews(atom: Device["atom"]) {
	let isSignaled = false;
	let held = atom.held();
	const unlisten = atom.onSignal(() => {
		isSignaled = true;
	});
	return {
		isSignaled: () => isSignaled,
		haveCome: () => isSignaled || atom.isBusy() || atom.held() !== held,
		forget(): void {
			isSignaled = false;
			held = atom.held();
		},
		end: () => unlisten?.(),
	};
}

/** What the server lists, account by account. */
export interface Listed {
	readonly all: readonly unknown[];
	readonly accounts: readonly Account[];
	readonly error: OperationError | null;
}

/** The same, and who is active. */
export interface Fetched extends Listed {
	readonly who: Identity | null;
}

/** The app's own customSession says nothing of who is active, and nothing is known yet but the list. */
interface SessionFailure {
	readonly failure: OperationError;
	readonly listed: Listed;
}

/** The list could not be read, and the session could. */
interface ListFailure {
	readonly failure: unknown;
	readonly who: Identity;
}

/** What the server says of the device: the list and the session, side by side. */
export async function fetchDevice(
	{ atom, check, client, send }: Pick<Device, "atom" | "check" | "client" | "send">,
	{ attempt, first: isFirst, freshness }: Pick<ReadInput, "attempt" | "first" | "freshness">,
	news: News,
	stop: AbortSignal,
): Promise<Fetched | ListFailure | SessionFailure> {
	// Where one of the two fails the other is not waited for, but the list at first.
	const both = new AbortController();
	const end = () => both.abort(stop.reason);
	stop.addEventListener("abort", end);
	const list = async () => {
		news.forget();
		const { data, error } = await send(ListSessions.operation, both.signal, (options) => listLoosely(client, options));
		if (error) throw error;
		const checked = check(data);
		// With nothing in it that can be read, it says nothing of who is on the device.
		// Nor where the app's schema throws of everybody.
		const isKnown = ({ base, refused }: Account) => base && !(refused && checked.error?.kind === "callback");
		if (checked.error && !checked.accounts.some(isKnown)) throw checked.error;
		return { all: data, ...checked };
	};
	/** It has answered past the cookie cache last, and this is what the atom held then. */
	let isCertain = false;
	let held: unknown;
	const session = async (how: Freshness) => {
		const { data, error } = await send(atom.operation, both.signal, ({ signal }) =>
			atom.read(how, signal, attempt > 0),
		);
		if (error) throw error;
		isCertain = how === "certain";
		held = atom.held();
		return data;
	};
	try {
		const [listing, asked] = [list(), session(freshness)];
		const first = await Promise.all([listing, asked]).catch(
			async (failure: unknown): Promise<ListFailure | SessionFailure> => {
				const known = await asked.catch(() => null);
				if (known && !atom.isBusy()) return { failure, who: known };
				if (isFirst && failure instanceof OperationError && failure.kind === "invalid-response")
					return { failure, listed: await listing };
				throw failure;
			},
		);
		if ("failure" in first) return first;
		let [listed, who] = first;
		// A sign-in or a sign-out while the list was on its way.
		if (news.isSignaled()) listed = await list();
		// The list may be too old to know it, or the cookie cache: a command is not decided from that.
		if (freshness !== "settled" && who && !isListed(listed.accounts, who))
			[listed, who] = await Promise.all([list(), session("certain")]);
		// The session may have moved on since it answered, or the cache have answered after all.
		if (atom.isBusy() || (isCertain && atom.held() !== held)) who = await session(isCertain ? "certain" : "joined");
		const now = atom.current();
		if (now?.error) throw now.error;
		return { ...listed, who: now ? now.data : who };
	} finally {
		stop.removeEventListener("abort", end);
		both.abort(stopped);
	}
}

const isListed = (accounts: readonly Account[], { session, user }: Identity): boolean =>
	accounts.some(({ base, token }) =>
		session["token"] ? token === session["token"] : base && base.user.id === user["id"],
	);
