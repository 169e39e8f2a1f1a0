import { failed } from "../../errors.js";
import type { SwitchInput } from "../events.js";
import { giveUp, isUnsure, type Job } from "./job.js";
import { activateRow, revokeUnlisted } from "./requests.js";
import { runExclusive } from "./run-exclusive.js";
import { showActive, showRevoked } from "./show.js";

/** Switches to a row; an unlisted active account is signed out first, so that no valid session stays behind out of reach. */
export async function switchTo(job: Job<SwitchInput>): Promise<void> {
	const { id, active, unlisted } = job.input;
	// The list shows another session of the same user's, and this one may be out of reach without its cookie.
	const instead = job.vault.next(active);
	let left = (unlisted || instead) && active !== null && active !== id ? active : undefined;
	const sent = await runExclusive(job, id, async () => {
		const error = left === undefined ? null : await revokeUnlisted(job, left);
		if (!error) return activateRow(job, id);
		left = undefined;
		return failed(error);
	});
	if (!sent) return;
	const { data, error } = sent.data;
	if (data) return showActive(job, { ...data, left, instead: left === undefined ? undefined : instead });
	if (left !== undefined) await showRevoked(job, left);
	if (left !== undefined && instead) job.sendBack({ type: "session.unknown", at: job.clock.monotonic() });
	giveUp(job, error, isUnsure(error));
}
