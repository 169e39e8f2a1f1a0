import type { SnapshotFrom } from "xstate";
import { isRevoking } from "../machine/commands.js";
import type { DeviceSessionsMachine } from "../machine/names.js";
import { activeOf, shownOf } from "../machine/rows.js";
import type { DeviceSessionsState, Known } from "../types.js";
import { deepFreeze } from "../values.js";

/** What the store publishes of the machine. */
export function project(
	{ value, context }: SnapshotFrom<DeviceSessionsMachine>,
	limit: number | null = null,
): DeviceSessionsState {
	const { awake, command, dueAt, online, pausedUntil, signingIn } = context;
	const rows = shownOf(context.rows);
	// A read waits for the end of the pause, and no other reason keeps it.
	const isPaused = awake && online && dueAt === pausedUntil;
	const known: Known = {
		isPending: context.isPending,
		sessions: rows,
		active: activeOf(rows),
		signingIn: signingIn && Object.freeze({ from: rows.find(({ id }) => id === signingIn.from) ?? null }),
		limit,
		isFull: limit !== null && rows.length >= limit,
		ended: context.ended,
		error: deepFreeze(context.commandError ?? context.readError),
		loadedAt: context.loadedAt,
		retryAt: isPaused ? context.retryAt : null,
	};
	if (value === "switching" && command?.type === "switch") return { status: value, target: command.id, ...known };
	if (value === "revoking" && isRevoking(command)) {
		const { targets, settled } = command;
		return { status: value, targets: Object.freeze(targets), done: settled, ...known };
	}
	return { status: value === "loading" ? value : "idle", ...known };
}
