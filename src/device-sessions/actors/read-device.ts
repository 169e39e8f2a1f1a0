import * as v from "valibot";
import { ListSessions } from "../../multi-session/list-sessions.js";
import { defineOperation } from "../../operation.js";
import type { SessionAndUser } from "../../schemas.js";
import { whoIsActive } from "../auth/accounts.js";
import { type Identity, nameOf } from "../auth/vault.js";
import type { Freshness, ReadInput, Reading } from "../events.js";
import type { Device } from "./device.js";

/** As ListSessions, but row by row: one malformed row is left out and reported, the others show. */
const listLoosely = /* @__PURE__ */ (() => defineOperation({ ...ListSessions, success: v.array(v.unknown()) }))();

/** Reads the list and the session, side by side. Rejects with an `OperationError`. */
export async function readDevice(device: Device, input: ReadInput, stop: AbortSignal): Promise<Reading> {
	const { first, freshness, reason, unless } = input;
	const { atom, check, clock, client, identity, recency, settings, tabs, vault } = device;
	// A read that is asked for twice in one go, or put back at once, sends one request.
	await null;
	stop.throwIfAborted();
	let changed = false;
	const echo = tabs.catchUp();
	// Where one of the two fails the other is not waited for.
	const both = new AbortController();
	const end = () => both.abort(stop.reason);
	stop.addEventListener("abort", end);
	const unlisten = atom.onSignal(() => {
		changed = true;
	});
	const list = async () => {
		changed = false;
		const { data, error } = await device.send(ListSessions.operation, both.signal, (options) =>
			listLoosely(client, options),
		);
		if (error) throw error;
		const checked = check(data);
		// With nothing in it that can be read, it says nothing of who is on the device.
		if (checked.error && checked.good.length === 0) throw checked.error;
		return { all: data, ...checked };
	};
	const session = async (how: Freshness) => {
		const { data, error } = await device.send(atom.operation, both.signal, ({ signal }) => atom.read(how, signal));
		if (error) throw error;
		return data;
	};
	try {
		let [accounts, who] = await Promise.all([list(), session(freshness)]);
		// A sign-in or a sign-out while the list was on its way, or an account that it may be too old to know.
		if (changed || (who && !vault.find(who) && !isListed(accounts.good, who))) accounts = await list();
		// The session may have moved on since it answered.
		if (atom.isBusy()) who = await session("joined");
		const now = atom.current();
		if (now?.error) throw now.error;
		if (now) who = now.data;
		const { all, good, error } = accounts;
		vault.clear();
		vault.learn(all);
		const { rows, activeId } = whoIsActive(vault, check, vault.take(good), who, all);
		changed = false;
		const held = atom.held();
		const was = identity.shown();
		const fault = unless.includes(activeId) ? null : await identity.show(vault.row(activeId), reason, echo);
		stop.throwIfAborted();
		// While the page was told, the device may have moved on.
		if (changed || atom.isBusy() || atom.held() !== held)
			return readDevice(device, { ...input, freshness: "joined" }, stop);
		const known = rows.map(({ id }) => id);
		const last = recency.last(echo);
		// Told of a switch that has not come about: a late cookie of ours has undone it, which the others cannot see.
		const isUndone =
			echo &&
			known.includes(last.id) &&
			last.id !== activeId &&
			(activeId ? activeId === was && last.isNew : was !== null || last.isNew);
		// Somebody else than the last time on this device: a return from an identity provider, most likely.
		const isReturn =
			!echo && first && (activeId === null ? known.includes(last.id) : recency.sort(known)[0] !== activeId);
		if (isUndone || isReturn) tabs.tell();
		// Somebody who cannot be read is active all the same.
		const successor = who === null && settings.whenActiveLost === "promote" ? recency.sort(known)[0] : undefined;
		return { rows, activeId, error: error ?? fault, successor, at: clock.now() };
	} catch (thrown) {
		const now = atom.current();
		// What the session says is true, whatever became of the list.
		if (!stop.aborted && !echo && now && !now.error) {
			identity.suspect(now.data && (vault.find(now.data) ?? nameOf(now.data)));
		}
		throw thrown;
	} finally {
		unlisten?.();
		stop.removeEventListener("abort", end);
		both.abort();
	}
}

const isListed = (accounts: readonly SessionAndUser[], { session, user }: Identity): boolean =>
	accounts.some((account) =>
		session["token"] ? account.session.token === session["token"] : account.user.id === user["id"],
	);
