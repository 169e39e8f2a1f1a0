import { ok, type Result } from "../../errors.js";
import type { Device } from "../device.js";
import type { JobInput } from "../events.js";
import {
	type Activation,
	activateRow,
	alone,
	mayLeave,
	revokeRow,
	rowFailed,
	showActive,
	showRevoked,
	type Tell,
} from "./requests.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(device: Device, input: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	const { id, active, unlisted } = input;
	if (!(await mayLeave(device, input, id, tell))) return;
	let left = unlisted && active !== null && active !== id ? active : undefined;
	let activation: Result<Activation | null> = ok(null);
	const sent = await alone(device, input, stop, tell, async () => {
		const error = left === undefined ? null : await revokeRow(device, left, stop, true);
		if (error) left = undefined;
		activation = error ? { data: null, error } : await activateRow(device, id, stop);
	});
	if (!sent) return;
	const { data, error } = activation;
	if (data) return showActive(device, input, data, tell, left);
	if (left !== undefined) await showRevoked(device, input, left, tell);
	if (error) tell(rowFailed(id, error));
	tell({ type: "command.done" });
}
