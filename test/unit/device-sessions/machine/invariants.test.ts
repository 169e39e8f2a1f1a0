import { expect, test } from "vitest";
import { isRevoking, operationOf } from "../../../../src/device-sessions/machine/commands.js";
import { equal } from "../../../../src/device-sessions/values.js";
import { fail, row } from "./data.js";
import * as on from "./events.js";
import { activeId, errors, ids, type Moment, openTargets, type Played, play, proceed } from "./play.js";

const walks = 60;
const steps = 60;
const accounts = ["a", "b", "c", "d"];
const kinds = ["network", "timeout", "server", "rate-limited", "unauthorized", "session-gone", "forbidden"] as const;

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function walkOf(seed: number) {
	const random = randomOf(seed);
	const chance = (share: number) => random() < share;
	const one = <T>(choices: readonly T[]): T => {
		const choice = choices[Math.floor(random() * choices.length)];
		if (choice === undefined) throw new Error("There is nothing to choose from.");
		return choice;
	};
	let ticket = 0;
	let now = 0;

	/** What people do, in any state. */
	function asked(): Played {
		ticket += 1;
		const id = one([...accounts, "?"]);
		const at = now;
		return one<Played>([
			on.setActive(id, ticket, { at }),
			on.setActive(one(accounts), ticket, { at, leaveUnlisted: chance(0.5) }),
			on.revoke(id, ticket),
			on.revoke("a", ticket, one(["b", "?"])),
			on.signOutOthers(ticket),
			...(chance(0.3) ? [on.signOutAll(ticket)] : []),
			on.refetch(ticket),
			on.malformed(ticket),
		]);
	}

	function found(): Played {
		if (chance(0.2)) return on.notRead(one(kinds));
		const rows = accounts.filter(() => chance(0.7)).sort(() => random() - 0.5);
		const active = chance(0.2) ? null : one([...rows, "x"]);
		return on.read(active, active === "x" ? [...rows, row("x", { listed: false })] : rows, now);
	}

	/** What the actors of a state send. */
	function happened({ state, context }: Moment): Played[] {
		const { command, rows, check, listening } = context;
		if (state === "loading") return [found()];
		const fault = on.broke(command ? operationOf(command) : "", new Error("a fault"));
		const unsure = chance(0.5);
		if (state === "switching" && command?.type === "switch") {
			const active = rows.find((other) => other.active);
			if (active?.listed === false && active.id !== command.id) return [on.revoked(active.id)];
			const failed = on.notDone(one(kinds), { unsure });
			return [on.activated(command.id, { crossed: chance(0.3) ? [0] : [] }), failed, ...(chance(0.1) ? [fault] : [])];
		}
		if (state === "revoking" && isRevoking(command)) {
			if (chance(0.03)) return [fault];
			if (command.type === "signOutAll") return [on.signedOut(), on.notDone(one(kinds), { unsure })];
			const [open] = openTargets(command);
			if (open === undefined) return [on.commandDone];
			const survivor = rows.find(({ id, active, listed }) => id !== open && !active && listed);
			const needsSurvivor = command.type === "revoke" && !command.signalFired && activeId({ context }) === open;
			if (survivor && needsSurvivor) return [on.activated(survivor.id), [on.rowFailed(open, one(kinds), { unsure })]];
			return [on.revoked(open), on.rowFailed(open, one(kinds), { unsure })];
		}
		if (!listening) return [];
		const late = check?.calls.join() === "0" ? [on.lateCookie] : [];
		const due = context.dueAt ? [on.readDue] : [];
		return [
			on.seen(one([...rows.map(({ id }) => id), null]), now),
			on.seen(check?.id ?? null, now),
			on.unknownSeen(now),
			on.changeSeen(now),
			on.lookFailed(now),
			...late,
			...due,
		];
	}

	return {
		next(moment: Moment): Played {
			now += Math.floor(random() * 700);
			const own = happened(moment);
			if (own.length > 0 && chance(0.6)) return one(own);
			return chance(0.7) ? asked() : one<Played>([on.wake(now), on.sleep]);
		},
		finish: (moment: Moment): Played => one(happened(moment)),
		tickets: () => Array.from({ length: ticket }, (_, index) => index + 1),
	};
}

/** What holds between a moment and the next one, and which of it does not; each moment alone is looked at in `play`. */
function brokenBetween(before: Moment, after: Moment): string[] {
	const stayed = ids(before).filter((id) => ids(after).includes(id));
	const rules = {
		"what did not change is the same object": before.context.rows.every((known) => {
			const now = after.context.rows.find(({ id }) => id === known.id);
			return !now || now === known || !equal(now, known);
		}),
		"rows keep their places": stayed.every((id, index) => ids(after)[index] === id),
		"what was read once is not pending again": before.context.loadedAt === null || after.context.loadedAt !== null,
		"superseded and destroyed do not show": !["superseded", "destroyed"].includes(errors(after).command ?? ""),
		"a switch is made again once at most": (after.context.check?.tries ?? 0) <= 1,
	};
	return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

function walk(seed: number): Moment {
	const way = walkOf(seed);
	let moment = play(on.wake());
	const step = (event: Played) => {
		const after = proceed(moment, event);
		expect(brokenBetween(moment, after)).toEqual([]);
		moment = after;
	};
	for (let count = 0; count < steps; count += 1) step(way.next(moment));
	step(on.destroy);
	for (let count = 0; count < 20 && !moment.stopped; count += 1) step(way.finish(moment));
	expect(moment.stopped).toBe(true);
	expect(moment.answers.map(({ ticket }) => ticket).sort((a, b) => a - b)).toEqual(way.tickets());
	return moment;
}

test(`whatever happens, in ${walks} random walks, every rule of a state holds and every ticket is answered once`, {
	timeout: 60_000,
}, () => {
	for (let seed = 1; seed <= walks; seed += 1) {
		try {
			walk(seed);
		} catch (cause) {
			throw new Error(`The walk of seed ${seed} broke a rule.`, { cause });
		}
	}
});

test("the same seed walks the same way", () => {
	const outcome = ({ answers }: Moment) => answers.map(({ ticket, result }) => [ticket, result.error?.kind]);
	expect(outcome(walk(7))).toEqual(outcome(walk(7)));
});

test("the check of a snapshot sees what it looks for", () => {
	const moment = play(on.wake(), on.read("a"));
	const leak = { ...fail("network"), message: "token" };
	expect(() => proceed(moment, { type: "command.malformed", ticket: 1, error: leak })).toThrow();
	expect(() => proceed(moment, { type: "xstate.error.actor.readDevice", error: 1 })).toThrow();
});
