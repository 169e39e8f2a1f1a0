import * as v from "valibot";
import type { OperationError } from "../../errors.js";
import { ListSessions } from "../../multi-session/list-sessions.js";
import { defineOperation, invalid } from "../../operation.js";
import { SessionAndUser } from "../../schemas.js";
import type { Freshness, Reading } from "../events.js";
import type { RowData } from "../types.js";
import type { Device } from "./device.js";
import type { Identity } from "./vault.js";

/** As ListSessions, but row by row: one malformed row is left out and reported, the others show. */
const listLoosely = /* @__PURE__ */ (() => defineOperation({ ...ListSessions, success: v.array(v.unknown()) }))();

/** Reads the list and the session, side by side. Rejects with an `OperationError`. */
export async function readDevice(device: Device, freshness: Freshness, stop: AbortSignal): Promise<Reading> {
	const { atom, clock, client, vault } = device;
	// A read that is asked for twice in one go, or put back at once, sends one request.
	await null;
	stop.throwIfAborted();
	let changed = false;
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
		return data;
	};
	const session = async (how: Freshness) => {
		const { data, error } = await device.send(atom.operation, both.signal, ({ signal }) => atom.read(how, signal));
		if (error) throw error;
		return data;
	};
	try {
		let [accounts, who] = await Promise.all([list(), session(freshness)]);
		let parsed = parse(accounts);
		// A sign-in or a sign-out while the list was on its way, or an account that it may be too old to know.
		if (changed || (who && !vault.find(who) && !isListed(parsed.good, who))) {
			accounts = await list();
			parsed = parse(accounts);
		}
		// The session may have moved on since it answered.
		if (atom.isBusy()) who = await session("joined");
		const now = atom.current();
		if (now && !now.error) who = now.data;
		vault.clear();
		vault.learn(accounts);
		const rows = vault.take(parsed.good);
		return { ...whoIsActive(device, rows, who), error: parsed.error, at: clock.now() };
	} finally {
		unlisten?.();
		stop.removeEventListener("abort", end);
		both.abort();
	}
}

/** Row by row: one that is malformed is left out. */
function parse(accounts: readonly unknown[]): { good: SessionAndUser[]; error: OperationError | null } {
	const { issues, output } = v.safeParse(ListSessions.success, accounts);
	if (!issues) return { good: output, error: null };
	const bad = new Set(issues.map(({ path }) => path?.[0].key));
	const good = v.parse(
		ListSessions.success,
		accounts.filter((_, index) => !bad.has(index)),
	);
	return { good, error: invalid("invalid-response", ListSessions.operation, "An account was left out", issues) };
}

const isListed = (accounts: readonly SessionAndUser[], { session, user }: Identity): boolean =>
	accounts.some((account) =>
		session["token"] ? account.session.token === session["token"] : account.user.id === user["id"],
	);

/** The row that is active; one of its own where the server does not list it. */
function whoIsActive(
	{ vault }: Device,
	rows: RowData[],
	who: Identity | null,
): { rows: RowData[]; activeId: string | null } {
	if (!who) return { rows, activeId: null };
	const id = vault.find(who);
	if (id !== undefined) return { rows, activeId: id };
	const account = v.safeParse(SessionAndUser, who);
	const row = account.success ? vault.take([account.output], false)[0] : vault.takeStranger(who);
	return row ? { rows: [...rows, row], activeId: row.id } : { rows, activeId: null };
}
