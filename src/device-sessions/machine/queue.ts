import type { Command } from "./commands.js";
import { isAlone, isRepeated, isRevoking, supersede } from "./commands.js";
import { decide, type Situation, type Step } from "./decide.js";

/** Whether whoever asks for the second is served by the first. */
function serves(first: Command, second: Command): boolean {
	if (first.type !== second.type) return false;
	switch (first.type) {
		case "read":
			// The later of the two is content with a later read.
			return second.type === "read" && first.after >= second.after;
		case "switch":
			return second.type === "switch" && first.id === second.id;
		case "revoke":
			return second.type === "revoke" && first.id === second.id && first.next === second.next;
		default:
			return true;
	}
}

function join(first: Command, second: Command): Command {
	const joined = { ...first, tickets: [...first.tickets, ...second.tickets] };
	if (joined.type !== "switch" || second.type !== "switch") return joined;
	return { ...joined, leaveUnlisted: joined.leaveUnlisted || second.leaveUnlisted };
}

/**
 * The queue with one more command in it. The last click wins: a switch that waits is superseded by a newer one; the same
 * target joins. Revokes are never dropped; the same one joins. What is asked for after a sign-in, or after another tab's
 * doing, is not served by requests from before; a sign-out of all by none that were sent.
 */
export function enqueue({ queue, command, version }: Pick<Situation, "queue" | "command" | "version">, added: Command) {
	// What is asked for after a revoke is decided after it.
	const lastRevoke = added.type === "switch" ? queue.map(isRevoking).lastIndexOf(true) : -1;
	const twin = queue.find((other, index) => index > lastRevoke && serves(other, added));
	const wanted = twin ? join(twin, added) : added;
	// Without the plugin nobody hears of whoever has signed in since a sign-out of all was sent.
	const isSent = command?.type === "signOutAll" && command.version !== null;
	const rest = queue
		.filter((other) => other !== twin)
		.map((other) => (other.type === "switch" && added.type === "switch" ? supersede(other) : other));
	return command && !isSent && lastRevoke < 0 && isAlone(command, version) && serves(command, wanted)
		? { queue: rest, command: join(command, wanted) }
		: { queue: [...rest, wanted], command };
}

const steps = new WeakMap<Situation, Step>();

/** What the machine does next: worked out once for each situation, however many guards ask. */
export function nextStep(situation: Situation): Step {
	const known = steps.get(situation);
	if (known) return known;
	const step = workOut(situation);
	steps.set(situation, step);
	return step;
}

/** Revokes go before switches, so that no account that should be gone is waited for. */
function workOut(situation: Situation): Step {
	const { command, queue } = situation;
	const over = queue.find(({ done }) => done) ?? command;
	if (over) return over.done ? decide(situation, over) : { type: "rest" };
	const firstSwitch = queue.findIndex(({ type }) => type === "switch");
	const isAfterRevoke = queue.slice(0, Math.max(0, firstSwitch)).some(isRevoking);
	const possible = queue
		// Who "the others" are is decided by the switch that was asked for before.
		.filter(({ type }, index) => type !== "revokeOthers" || firstSwitch < 0 || index < firstSwitch)
		.map((candidate) => decide(situation, candidate))
		// Who is active is not said before a switch that a late cookie has undone is made once more; nor whether an account is,
		// before a revoke that was asked for earlier has gone.
		.filter(
			(step) =>
				step.type !== "answer" || !(queue.some(isRepeated) || (isAfterRevoke && step.command.type === "switch")),
		);
	for (const type of ["answer", "revoke", "switch", "read"]) {
		const step = possible.find((candidate) => candidate.type === type);
		if (step) return step;
	}
	return { type: "rest" };
}
