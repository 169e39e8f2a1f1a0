import type { DeviceSession, RowData } from "../types.js";
import { deepFreeze, equal } from "../values.js";

/**
 * The rows after a read: a row keeps its place and, where nothing in it changed, its identity; new ones come last.
 * The server's order is not trusted. The very same array comes back where nothing changed at all.
 */
export function mergeRows(
	rows: readonly DeviceSession[],
	incoming: readonly RowData[],
	activeId: string | null,
): readonly DeviceSession[] {
	const fresh = new Map(incoming.map((data) => [data.id, data]));
	const ids = new Set([...rows.map(({ id }) => id).filter((id) => fresh.has(id)), ...fresh.keys()]);
	const known = new Map(rows.map((row) => [row.id, row]));
	const merged: DeviceSession[] = [];
	for (const id of ids) {
		const data = fresh.get(id);
		if (data) merged.push(update(known.get(id), { ...data, active: id === activeId }));
	}
	const isSame = rows.length === merged.length && merged.every((row, index) => row === rows[index]);
	return isSame ? rows : Object.freeze(merged);
}

/** The rows with another one active. At most two of them change their identity. */
export function activate(rows: readonly DeviceSession[], activeId: string | null): readonly DeviceSession[] {
	// One that is not listed and not active any more is out of everybody's reach.
	const reachable = rows.filter(({ id, listed }) => listed || id === activeId);
	return mergeRows(rows, reachable, activeId);
}

/** The rows with one activated by the server's own answer. */
export function activateWith(rows: readonly DeviceSession[], data: RowData): readonly DeviceSession[] {
	return mergeRows(rows, [...rows, data], data.id);
}

export function without(rows: readonly DeviceSession[], gone: readonly string[]): readonly DeviceSession[] {
	const ids = new Set(gone);
	const rest = rows.filter(({ id }) => !ids.has(id));
	return rest.length === rows.length ? rows : Object.freeze(rest);
}

export const activeOf = (rows: readonly DeviceSession[]): DeviceSession | null =>
	rows.find(({ active }) => active) ?? null;

function update(known: DeviceSession | undefined, { id, session, user, active, listed }: DeviceSession): DeviceSession {
	const next = {
		id,
		session: equal(known?.session, session) && known ? known.session : deepFreeze(session),
		user: equal(known?.user, user) && known ? known.user : deepFreeze(user),
		active,
		listed,
	};
	const unchanged =
		known &&
		next.session === known.session &&
		next.user === known.user &&
		active === known.active &&
		listed === known.listed;
	return unchanged ? known : Object.freeze(next);
}
