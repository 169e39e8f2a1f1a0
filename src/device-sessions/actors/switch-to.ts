import type { JobInput } from "../events.js";
import type { Device } from "./device.js";
import { activateRow, revokeRow, rowFailed, type Tell } from "./requests.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(
	device: Device,
	{ id, active, unlisted }: JobInput,
	stop: AbortSignal,
	tell: Tell,
): Promise<void> {
	const left = unlisted && active !== id ? active : null;
	let error = left && (await revokeRow(device, left, stop, true));
	if (left && !error) tell({ type: "row.revoked", id: left });
	error ||= await activateRow(device, id, stop, tell);
	if (!error) return;
	tell(rowFailed(id, error));
	tell({ type: "command.done" });
}
