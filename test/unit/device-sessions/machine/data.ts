import type { Reading } from "../../../../src/device-sessions/events.js";
import { mergeRows } from "../../../../src/device-sessions/machine/rows.js";
import type { DeviceSession, RowData } from "../../../../src/device-sessions/types.js";
import { OperationError, type OperationErrorKind } from "../../../../src/errors.js";

const moment = new Date("2026-11-01T00:00:00Z");

export function row(id: string, { listed = true, name = id }: { listed?: boolean; name?: string } = {}): RowData {
	const times = { createdAt: moment, updatedAt: moment, expiresAt: new Date("2026-12-01T00:00:00Z") };
	return {
		id,
		session: { id, userId: `user-${id}`, ...times },
		user: {
			id: `user-${id}`,
			name,
			email: `${id}@example.com`,
			emailVerified: true,
			createdAt: moment,
			updatedAt: moment,
		},
		listed,
	};
}

export const fail = (kind: OperationErrorKind): OperationError => new OperationError(kind, "test", `It was ${kind}.`);

const dataOf = (rows: readonly (string | RowData)[]) => rows.map((one) => (typeof one === "string" ? row(one) : one));

/** The rows of a device, as the machine keeps them. */
export const rowsOf = (activeId: string | null, ...rows: readonly (string | RowData)[]): readonly DeviceSession[] =>
	mergeRows([], dataOf(rows), activeId);

/** The version of the device that every event knows of where a test says nothing else. */
export const version = "v1";

/** A complete read that ended at `at`, by either clock. */
export const reading = (
	activeId: string | null,
	rows: readonly (string | RowData)[],
	at = 1000,
	more: Partial<Reading> = {},
): Reading => ({
	rows: dataOf(rows),
	activeId,
	error: null,
	version,
	newest: more.version ?? version,
	lastActive: undefined,
	began: at,
	at,
	loadedAt: at,
	...more,
});
