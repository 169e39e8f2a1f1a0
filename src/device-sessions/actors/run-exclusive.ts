import { OperationError } from "../../errors.js";
import { toRow } from "../identity/announce.js";
import type { SwitchChange } from "../types.js";
import { deepFreeze } from "../values.js";
import { giveUp, type Job } from "./job.js";

/** What a command's requests need besides themselves. */
type Needed = Pick<
	Job,
	"atom" | "callbacks" | "clock" | "input" | "lock" | "send" | "sendBack" | "settings" | "stop" | "vault" | "version"
>;

/**
 * Runs a command's requests while no other tab sends any, once the page has let go of its account where `to` is about to
 * become active. The version of the device moves before and after: the other tabs read it then. Undefined: nothing was
 * sent, and the machine knows why.
 */
export async function runExclusive<T>(
	job: Needed,
	to: string | undefined,
	run: () => Promise<T>,
): Promise<{ readonly data: T } | undefined> {
	const { clock, input, lock, sendBack, settings, stop, version } = job;
	const refused = await mayLeave(job, to);
	if (refused) return void giveUp(job, refused);
	const outcome = await lock.run(settings.timeout, stop, async () => {
		const decidedFrom = version.current();
		const isMoved = input.version !== null && input.version !== decidedFrom;
		if (isMoved && !(input.insists && (await isStillActive(job)))) return "stale";
		const begun = version.begin();
		sendBack({ type: "command.locked", version: begun });
		try {
			return { data: await run() };
		} finally {
			// Whoever has moved it meanwhile has done something that this command does not know of.
			const isOwn = version.current() === begun;
			sendBack({
				type: "version.carried",
				at: clock.monotonic(),
				from: isOwn ? decidedFrom : null,
				to: version.end(begun),
			});
		}
	});
	if (outcome === "busy") giveUp(job, new OperationError("busy", input.operation, "Another tab is busy."));
	else if (outcome === "stale") {
		const asked = to === undefined ? null : { from: userOf(job), to };
		sendBack({ type: "command.stale", version: version.current(), asked });
	} else return outcome;
	return undefined;
}

/** Whether the account from which the command was decided is active. */
async function isStillActive({ atom, input, send, stop, vault }: Needed): Promise<boolean> {
	const { data, error } = await send(atom.operation, stop, ({ signal }) => atom.read("certain", signal));
	return !error && (data ? vault.find(data) : null) === input.active;
}

/** A user who signs in once more has another row, and is the same to the page. */
const userOf = ({ input, vault }: Pick<Job, "input" | "vault">): string | null =>
	vault.row(input.active)?.user.id ?? null;

/** Asks the page before another account becomes active, and not twice the same: null, or why nothing is sent. */
export async function mayLeave(
	job: Pick<Job, "callbacks" | "input" | "vault">,
	to: string | undefined,
): Promise<OperationError | null> {
	const { callbacks, input, vault } = job;
	const { active, again, asked, operation, reason } = input;
	const row = toRow(vault.row(to ?? null), false);
	if (again || !row || to === active || (asked?.to === to && asked?.from === userOf(job))) return null;
	const change: SwitchChange = { from: toRow(vault.row(active)), to: row, reason };
	return callbacks.ask(operation, deepFreeze(change));
}
