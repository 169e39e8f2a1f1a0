import { failed } from "../../errors.js";
import { activateRow, alone, giveUp, isUnsure, type Job, revokeRow, showActive, showRevoked } from "./requests.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(job: Job): Promise<void> {
	const { id, active, unlisted } = job.input;
	let left = unlisted && active !== null && active !== id ? active : undefined;
	const sent = await alone(job, id, async () => {
		const error = left === undefined ? null : await revokeRow(job, left, true);
		if (!error) return activateRow(job, id);
		left = undefined;
		return failed(error);
	});
	if (!sent) return;
	const { data, error } = sent.data;
	if (data) return showActive(job, data, left);
	if (left !== undefined) await showRevoked(job, left);
	giveUp(job, error, isUnsure(error));
}
