import type { Device } from "../device.js";
import type { JobInput } from "../events.js";
import { activateRow, mayLeave, revokeRow, rowFailed, showActive, showRevoked, type Tell } from "./requests.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(device: Device, input: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	const { id, active, unlisted } = input;
	if (!(await mayLeave(device, input, id, tell))) return;
	const left = unlisted && active !== null && active !== id ? active : undefined;
	let error = left === undefined ? null : await revokeRow(device, left, stop, true);
	if (!error) {
		const { data, error: refused } = await activateRow(device, id, stop);
		if (data) return showActive(device, input, data, tell, left);
		if (left !== undefined) await showRevoked(device, input, left, tell);
		error = refused;
	}
	tell(rowFailed(id, error));
	tell({ type: "command.done" });
}
