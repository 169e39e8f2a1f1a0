import { failed } from "../../errors.js";
import type { SwitchInput } from "../events.js";
import { giveUp, isUnsure, type Job } from "./job.js";
import { activateRow, revokeRow } from "./requests.js";
import { runExclusive } from "./run-exclusive.js";
import { showActive, showRevoked } from "./show.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(job: Job<SwitchInput>): Promise<void> {
	const { id, active, unlisted } = job.input;
	let left = unlisted && active !== null && active !== id ? active : undefined;
	const sent = await runExclusive(job, id, async () => {
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
