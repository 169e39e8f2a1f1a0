import type { Row, RowData } from "../types.js";
import { deepFreeze, equal, same } from "../values.js";

export type Rows = readonly Row[];

/**
 * The rows after a read: a row keeps its place and, where nothing in it changed, its identity; new ones come last.
 * The server's order is not trusted. The very same array comes back where nothing changed at all.
 */
export function mergeRows(rows: Rows, incoming: readonly RowData[], activeId: string | null): Rows {
	const fresh = new Map(incoming.map((data) => [data.id, data]));
	const merged: Row[] = [];
	for (const row of rows) {
		const data = fresh.get(row.id);
		if (data) merged.push(update(row, data, row.id === activeId));
		fresh.delete(row.id);
	}
	for (const data of fresh.values()) merged.push(update(undefined, data, data.id === activeId));
	return same(rows, merged) ? rows : Object.freeze(merged);
}

/** The rows with another one active. At most two of them change their identity. */
export function activate(rows: Rows, activeId: string | null): Rows {
	// One that is not listed and not active any more is out of everybody's reach.
	if (rows.every(({ id, active, listed }) => active === (id === activeId) && (active || listed))) return rows;
	const reachable = rows.filter(({ id, listed }) => listed || id === activeId);
	return Object.freeze(reachable.map((row) => mark(row, row.id === activeId)));
}

/**
 * The rows with one activated by the server's own answer; `left` was signed out for it, and another session of the same
 * user's has come in its place.
 */
export const activateWith = (rows: Rows, data: RowData, left?: string, instead?: RowData): Rows =>
	mergeRows(
		rows,
		[
			...rows
				.filter(({ id }) => id !== left)
				// It was active until now.
				.map((row) => (row.active ? { ...row, lastActiveAt: data.lastActiveAt } : row)),
			...(instead ? [instead] : []),
			data,
		],
		data.id,
	);

export function without(rows: Rows, gone: string): Rows {
	const at = rows.findIndex(({ id }) => id === gone);
	if (at < 0) return rows;
	const rest = rows.slice();
	rest.splice(at, 1);
	// Where no row is hidden, none is now.
	if (shownOf(rows) === rows) shown.set(rest, rest);
	return Object.freeze(rest);
}

export const activeOf = (rows: Rows): Row | null => rows.find(({ active }) => active) ?? null;

const shown = new WeakMap<Rows, Rows>();

/** The rows that are published: the same list for the same rows. */
export function shownOf(rows: Rows): Rows {
	const known =
		shown.get(rows) ?? (rows.some(({ hidden }) => hidden) ? Object.freeze(rows.filter(({ hidden }) => !hidden)) : rows);
	shown.set(rows, known);
	return known;
}

const mark = (row: Row, active: boolean): Row => (row.active === active ? row : Object.freeze({ ...row, active }));

function update(
	known: Row | undefined,
	{ id, session, user, listed, hidden, lastActiveAt = known?.lastActiveAt ?? null }: RowData,
	active: boolean,
): Row {
	// A row that is only marked otherwise is not compared part by part.
	const isTouched = known?.listed !== listed || known.lastActiveAt !== lastActiveAt;
	if (!isTouched && known.session === session && known.user === user) return mark(known, active);
	const next: Row = {
		id,
		active,
		listed,
		lastActiveAt,
		...(hidden && { hidden }),
		session: known && equal(known.session, session) ? known.session : deepFreeze(session),
		user: known && equal(known.user, user) ? known.user : deepFreeze(user),
	};
	return known && same(known, next) ? known : Object.freeze(next);
}
