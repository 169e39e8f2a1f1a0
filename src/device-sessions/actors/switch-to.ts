import type { SwitchInput } from "../events.js";
import type { Device } from "./device.js";
import { activateRow, isUnsure, revokeUnlisted, type Tell } from "./requests.js";

/** Switches to a row; an unlisted active account is signed out first, where that was asked for. */
export async function switchTo(
	device: Device,
	{ id, leave }: SwitchInput,
	stop: AbortSignal,
	tell: Tell,
): Promise<void> {
	let error = leave === null ? null : await revokeUnlisted(device, leave, stop);
	if (!error && leave !== null) tell({ type: "row.revoked", id: leave });
	error ??= await activateRow(device, id, stop, tell);
	if (error) tell({ type: "switch.failed", error, unsure: isUnsure(error) });
}
