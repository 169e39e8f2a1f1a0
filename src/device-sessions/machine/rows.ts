import type { DeviceSession, RowData } from "../types.js";
import { deepFreeze, equal, same } from "../values.js";

/**
 * The rows after a read: a row keeps its place and, where nothing in it changed, its identity; new ones come last.
 * The server's order is not trusted. The very same array comes back where nothing changed at all.
 */
export function mergeRows(
	rows: readonly DeviceSession[],
	incoming: readonly RowData[],
	activeId: string | null,
): readonly DeviceSession[] {
	const known = new Map(rows.map((row) => [row.id, row]));
	const fresh = new Map(incoming.map((data) => [data.id, data]));
	// A set keeps its first places.
	const ids = new Set([...known.keys(), ...fresh.keys()]);
	const merged = [...ids].flatMap((id) => {
		const data = fresh.get(id);
		return data ? [update(known.get(id), { ...data, active: id === activeId })] : [];
	});
	return same(rows, merged) ? rows : Object.freeze(merged);
}

/** The rows with another one active. At most two of them change their identity. */
export function activate(rows: readonly DeviceSession[], activeId: string | null): readonly DeviceSession[] {
	// One that is not listed and not active any more is out of everybody's reach.
	const reachable = rows.filter(({ id, listed }) => listed || id === activeId);
	return mergeRows(rows, reachable, activeId);
}

/** The rows with one activated by the server's own answer; `left` was signed out for it. */
export const activateWith = (rows: readonly DeviceSession[], data: RowData, left?: string): readonly DeviceSession[] =>
	mergeRows(rows, [...rows.filter(({ id }) => id !== left), data], data.id);

export const without = (rows: readonly DeviceSession[], gone: readonly string[]): readonly DeviceSession[] =>
	mergeRows(
		rows,
		rows.filter(({ id }) => !gone.includes(id)),
		activeOf(rows)?.id ?? null,
	);

export const activeOf = (rows: readonly DeviceSession[]): DeviceSession | null =>
	rows.find(({ active }) => active) ?? null;

function update(known: DeviceSession | undefined, { id, session, user, active, listed }: DeviceSession): DeviceSession {
	const next = {
		id,
		active,
		listed,
		session: equal(known?.session, session) && known ? known.session : deepFreeze(session),
		user: equal(known?.user, user) && known ? known.user : deepFreeze(user),
	};
	return same(known, next) && known ? known : Object.freeze(next);
}
