import type { DeviceSessions } from "../device-sessions/store/device-sessions.js";
import type { ConnectedRow } from "./rows.js";

/** The click that an error of kind `active-unlisted` is about. */
export const lastClicked = new WeakMap<DeviceSessions, string>();

/** Whom "Switch anyway" switches to: the one that was clicked; else the only one that it can have been. */
export const leavingFor = (store: DeviceSessions, rows: readonly ConnectedRow[]): string | undefined =>
	lastClicked.get(store) ?? (rows[2] ? undefined : rows.find((row) => !row.current)?.id);
