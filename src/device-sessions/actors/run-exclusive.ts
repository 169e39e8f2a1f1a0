import { OperationError } from "../../errors.js";
import type { SwitchChange } from "../types.js";
import { deepFreeze } from "../values.js";
import { giveUp, type Job } from "./job.js";

/** What a command's requests need besides themselves. */
type Needed = Pick<Job, "callbacks" | "channel" | "input" | "lock" | "sendBack" | "stop" | "turns" | "vault">;

/**
 * Runs a command's requests while no other tab sends any, once the page has let go of its account where `to` is about to
 * become active, and tells the other tabs. Undefined: nothing was sent, and the machine knows why.
 */
export async function runExclusive<T>(
	job: Needed,
	to: string | undefined,
	run: () => Promise<T>,
): Promise<{ readonly data: T } | undefined> {
	const { channel, input, lock, stop, sendBack, turns } = job;
	const refused = await mayLeave(job, to);
	if (refused) return void giveUp(job, refused);
	// Whoever is there, all of them are signed out.
	const isCertain = "scope" in input && input.scope === "all";
	let sent: { data: T } | undefined;
	const takeTurn = async () => {
		if (!isCertain && turns.isOvertaken()) return;
		try {
			sent = { data: await run() };
		} finally {
			turns.take();
		}
	};
	let hadTurn = await lock.tryRun(takeTurn);
	let isFree = true;
	while (!hadTurn && isFree) {
		isFree = await lock.waitForRelease(stop);
		// What the command was decided from may be out of date.
		if (!isCertain) break;
		if (isFree) hadTurn = await lock.tryRun(takeTurn);
	}
	if (sent) channel.broadcast();
	else if (isFree) sendBack({ type: "command.stale" });
	else giveUp(job, new OperationError("busy", input.operation, "Another tab is busy."));
	return sent;
}

/** Asks the page before another account becomes active: null, or why nothing is sent. */
async function mayLeave(
	{ callbacks, input, vault }: Pick<Job, "callbacks" | "input" | "vault">,
	to: string | undefined,
): Promise<OperationError | null> {
	const { active, again, operation, reason } = input;
	const row = vault.row(to ?? null);
	if (again || !row || to === active) return null;
	const from = vault.row(active);
	const change: SwitchChange = {
		from: from ? { ...from, active: true } : null,
		to: { ...row, active: false },
		reason,
	};
	return callbacks.ask(operation, deepFreeze(change));
}
