import * as v from "valibot";
import { SignOut } from "../../core/sign-out.js";
import { type OperationError, ok, type Result } from "../../errors.js";
import type { RevokeInput, RevokeOneInput } from "../events.js";
import * as limits from "../limits.js";
import type { SendOptions } from "./device.js";
import { giveUp, isUnsure, type Job } from "./job.js";
import { activateRow, revokeRow, revokeUnlisted } from "./requests.js";
import { mayLeave, runExclusive } from "./run-exclusive.js";
import { afterPage, showActive, showRevoked } from "./show.js";

/** Signs accounts out and tells of each as it is settled. */
export function revokeRows(job: Job<RevokeInput>): Promise<void> {
	const { input } = job;
	switch (input.scope) {
		case "one":
			return revokeOne({ ...job, input });
		case "others":
			return revokeOthers(job, input.targets);
		case "all":
			return signOutAll(job);
	}
}

const report = async (job: Job, id: string, error: OperationError | null): Promise<void> =>
	error ? job.sendBack({ type: "row.failed", id, error, unsure: isUnsure(error) }) : showRevoked(job, id);

async function revokeOthers(job: Job, targets: readonly string[]): Promise<void> {
	const waiting = targets.values();
	const next = async () => {
		for (const id of waiting) await report(job, id, await revokeRow(job, id));
	};
	const sent = await runExclusive(job, undefined, () => Promise.all(Array.from({ length: limits.width }, next)));
	if (sent) job.sendBack({ type: "command.done" });
}

async function revokeOne(job: Job<RevokeOneInput>): Promise<void> {
	const { input, lastUsed, sendBack } = job;
	const { active, id, survivors } = input;
	const [survivor] = id === active || active === null ? lastUsed.sort(survivors) : [];
	// What the page is told in between does not keep the lock.
	const shown: Promise<void>[] = [];
	const sent = await runExclusive(job, survivor, () => revokeWithSurvivor(job, shown));
	if (!sent) return;
	await Promise.all(shown);
	await report(job, id, sent.data);
	sendBack({ type: "command.done" });
}

/**
 * What comes next is never left to chance: of the active account, the survivor is made active before it is revoked.
 * The server revokes for a living active session only, so where there is none the survivor comes first as well.
 */
async function revokeWithSurvivor(job: Job<RevokeOneInput>, shown: Promise<void>[]): Promise<OperationError | null> {
	const { clock, input, sendBack, vault } = job;
	const { active, chosen, id: target, survivors } = input;
	const next = vault.next(target)?.id;
	if (target === active && (input.unlisted || next !== undefined)) {
		// Only while it is active can it be ended at all.
		const error = await revokeUnlisted(job, target);
		if (error) return error;
		const survivor = await activateSurvivor(job, survivors, shown, target);
		const left =
			next === undefined ? null : await (survivor === "nobody" ? revokeLast(job, next) : revokeRow(job, next));
		if (left) return left;
		// The account is gone all the same; who is active now is read.
		if (typeof survivor === "object") sendBack({ type: "session.unknown", at: clock.monotonic() });
		return null;
	}
	if (target !== active && active !== null) {
		const error = await revokeRow(job, target);
		if (error?.kind !== "unauthorized") return error;
		// The active session has ended elsewhere: on as without one, and its row is looked up.
		sendBack({ type: "session.unknown", at: clock.monotonic() });
	}
	// Whom the app has chosen is asked of the server, though its session has ended as far as is known.
	const others = chosen ? survivors : survivors.filter((id) => id !== active);
	const survivor = await activateSurvivor(job, others, shown);
	if (survivor === "activated" || (survivor === "nobody" && target === active)) return revokeRow(job, target);
	return survivor === "nobody" ? revokeLast(job, target) : survivor;
}

/**
 * Activates the first survivor that is still there, the one used last before the others. The page was asked of the first
 * of them, where that was to be expected; of those that come instead it is asked now, though the other tabs wait.
 */
async function activateSurvivor(
	job: Job<RevokeOneInput>,
	survivors: readonly string[],
	shown: Promise<void>[],
	left?: string,
): Promise<OperationError | "activated" | "nobody"> {
	const { active, id: target } = job.input;
	const isExpected = target === active || active === null;
	for (const [index, id] of job.lastUsed.sort(survivors).entries()) {
		const refused = (index > 0 || !isExpected) && (await mayLeave(job, id));
		if (refused) return refused;
		const { data, error } = await activateRow(job, id);
		if (data) {
			shown.push(showActive(job, { ...data, left }));
			return "activated";
		}
		if (error.applied && job.vault.row(id)?.hidden) {
			// Active, and not shown: that is read.
			job.sendBack({ type: "session.unknown", at: job.clock.monotonic() });
			return "activated";
		}
		if (error.kind !== "session-gone" || job.input.chosen) return error;
		job.sendBack({ type: "row.revoked", id });
	}
	return "nobody";
}

/** The last account of a device without an active one has to be active to be revoked; nobody needs to see it so. */
async function revokeLast(job: Job, id: string): Promise<OperationError | null> {
	const { error: refused } = await activateRow(job, id);
	if (refused) return refused.kind === "session-gone" ? null : refused;
	const error = await revokeRow(job, id);
	if (error) job.sendBack({ type: "session.unknown", at: job.clock.monotonic() });
	return error;
}

async function signOutAll(job: Job): Promise<void> {
	const { client, ended, halfWay, identity, input, mutate, stop, vault } = job;
	let shown: ReturnType<typeof identity.show> | undefined;
	type Answer = Result<{ url?: string | null | undefined }>;
	const request = ({ signal }: SendOptions): Promise<Answer> =>
		new Promise((resolve) => {
			halfWay.leaving = halfWay.current();
			// Better Auth's own signal stays, since it tells the other tabs' `useSession`: it waits for this.
			const onSuccess = ({ data }: { data?: unknown }) => {
				const { success, output } = v.safeParse(SignOut.success, data);
				if (!success || !output.success) return;
				resolve(ok(output));
				job.atom.expectSignal();
				halfWay.end(halfWay.leaving);
				shown = identity.show(null, input.reason);
				return shown;
			};
			SignOut(client, { disableRedirect: true }, { signal, fetchOptions: { onSuccess } }).then(resolve);
		});
	const sent = await runExclusive(job, undefined, () => {
		// Whatever comes of it: whoever asks for this wants nobody remembered.
		ended.forget();
		return mutate(SignOut.operation, stop, request);
	});
	if (!sent) return;
	const { data, error } = sent.data;
	if (error) return giveUp(job, error, isUnsure(error));
	vault.clear();
	await afterPage(job, shown ?? identity.show(null, input.reason), {
		type: "device.signedOut",
		...(data.url && { url: data.url }),
	});
}
