import { describe, expect, test } from "vitest";
import type { Command } from "../../../../src/device-sessions/machine/commands.js";
import type { Situation } from "../../../../src/device-sessions/machine/decide.js";
import { nothingKnown } from "../../../../src/device-sessions/machine/knowledge.js";
import * as machine from "../../../../src/device-sessions/machine/queue.js";
import { failure, read, revoke, revokeOthers, signOutAll, switchTo } from "./commands.js";
import { rowsOf, version } from "./data.js";

const { nextStep } = machine;
/** As the queue takes it where nothing has changed the device in between. */
const enqueue = ({ version: now = version, ...moment }: Moment, added: Command) =>
	machine.enqueue({ ...moment, version: now }, added);
type Moment = Pick<Situation, "queue" | "command"> & { readonly version?: string };

describe("the queue", () => {
	const empty = { queue: [], command: null };
	const nameOf = (command: Command) => ("id" in command ? command.id : command.type);
	/** Who is in it: `b 1,2` is a command for b that tickets 1 and 2 wait for; one that is superseded is about to go. */
	const inWords = ({ queue, command }: ReturnType<typeof enqueue>) => ({
		queue: queue.filter(({ done }) => !done).map((waiting) => `${nameOf(waiting)} ${waiting.tickets}`),
		command: command && `${nameOf(command)} ${command.tickets}`,
		superseded: queue
			.filter(({ failed }) => failed.some(({ error }) => error.kind === "superseded"))
			.flatMap(({ tickets }) => tickets),
	});

	test("takes a first command", () => {
		expect(inWords(enqueue(empty, switchTo("b", 1)))).toEqual({ queue: ["b 1"], command: null, superseded: [] });
	});

	test("a newer switch takes the place of the one that waits", () => {
		const queue = [switchTo("b", 1)];
		expect(inWords(enqueue({ queue, command: null }, switchTo("c", 2)))).toEqual({
			queue: ["c 2"],
			command: null,
			superseded: [1],
		});
	});

	test("the same target joins the one that waits", () => {
		const queue = [switchTo("b", 1)];
		expect(inWords(enqueue({ queue, command: null }, switchTo("b", 2)))).toMatchObject({ queue: ["b 1,2"] });
	});

	test.each([
		[false, false, false],
		[true, false, true],
		[false, true, true],
	])(
		"where one leaves an unlisted account behind (%j) or the one that joins it (%j), the two do (%j)",
		(one, other, both) => {
			const queue = [switchTo("b", 1, { leaveUnlisted: one })];
			const { queue: joined } = enqueue({ queue, command: null }, switchTo("b", 2, { leaveUnlisted: other }));
			expect(joined).toMatchObject([{ tickets: [1, 2], leaveUnlisted: both }]);
		},
	);

	test("the target in flight joins it, and what waits is superseded", () => {
		const moment = { queue: [switchTo("c", 2), read(3)], command: switchTo("b", 1) };
		expect(inWords(enqueue(moment, switchTo("b", 4)))).toEqual({
			queue: ["read 3"],
			command: "b 1,4",
			superseded: [2],
		});
	});

	test("whoever joins with leave to sign the unlisted account out gives it to the switch, whatever the order", () => {
		const leave = { leaveUnlisted: true };
		const after = enqueue({ queue: [switchTo("b", 1)], command: null }, switchTo("b", 2, leave));
		const before = enqueue({ queue: [switchTo("b", 1, leave)], command: null }, switchTo("b", 2));
		expect([...after.queue, ...before.queue]).toMatchObject([leave, leave]);
	});

	test("a switch leaves revokes alone, and a revoke leaves switches alone", () => {
		const moment = { queue: [revoke("c", 1)], command: null };
		const both = enqueue(moment, switchTo("b", 2));
		expect(inWords(both)).toEqual({ queue: ["c 1", "b 2"], command: null, superseded: [] });
		expect(inWords(enqueue(both, revoke("a", 3)))).toMatchObject({ queue: ["c 1", "b 2", "a 3"], superseded: [] });
	});

	test("the same revoke joins, waiting or in flight", () => {
		expect(inWords(enqueue({ queue: [revoke("c", 1)], command: null }, revoke("c", 2))).queue).toEqual(["c 1,2"]);
		expect(inWords(enqueue({ queue: [], command: revoke("c", 1) }, revoke("c", 2)))).toEqual({
			queue: [],
			command: "c 1,2",
			superseded: [],
		});
	});

	test("signing out the others joins the same, and so does signing out all", () => {
		const queue = [revokeOthers(1), signOutAll(2)];
		const joined = enqueue(enqueue({ queue, command: null }, revokeOthers(3)), signOutAll(4));
		expect(inWords(joined).queue).toEqual(["revokeOthers 1,3", "signOutAll 2,4"]);
	});

	test("a read joins one that begins no earlier than it must", () => {
		const tickets = (waiting: Command, added: Command) =>
			enqueue({ queue: [waiting], command: null }, added).queue.map((command) => command.tickets);
		expect(tickets(read(1), read(2))).toEqual([[1, 2]]);
		expect(tickets(read(1, { after: 2 }), read(2, { after: 1 }))).toEqual([[1, 2]]);
		expect(tickets(read(1, { after: 1 }), read(2, { after: 2 }))).toEqual([[1], [2]]);
	});

	test("revokes of another account, of another survivor, of the others and of all are others", () => {
		const queue = [revoke("c", 1)];
		for (const added of [revoke("b", 2), revoke("c", 2, { next: "b" }), revokeOthers(2), signOutAll(2)]) {
			expect(enqueue({ queue, command: null }, added).queue).toHaveLength(2);
		}
	});

	describe("where a revoke was asked for in between", () => {
		test("the same target does not join the switch that waits, which is superseded: it is decided after the revoke", () => {
			const moment = { queue: [switchTo("b", 1), revoke("c", 2)], command: null };
			expect(inWords(enqueue(moment, switchTo("b", 3)))).toEqual({
				queue: ["c 2", "b 3"],
				command: null,
				superseded: [1],
			});
		});

		test("the target in flight is not joined either", () => {
			const moment = { queue: [revoke("c", 2)], command: switchTo("b", 1) };
			expect(inWords(enqueue(moment, switchTo("b", 3)))).toEqual({
				queue: ["c 2", "b 3"],
				command: "b 1",
				superseded: [],
			});
		});

		test("a switch that was asked for after the revoke is joined", () => {
			const moment = { queue: [revoke("c", 1), switchTo("b", 2)], command: null };
			expect(inWords(enqueue(moment, switchTo("b", 3)))).toMatchObject({ queue: ["c 1", "b 2,3"], superseded: [] });
		});

		test("a revoke that is under way already is none in between", () => {
			const moment = { queue: [switchTo("b", 2)], command: revoke("c", 1) };
			expect(inWords(enqueue(moment, switchTo("b", 3)))).toMatchObject({ queue: ["b 2,3"], superseded: [] });
		});

		test("revokes and reads join over it", () => {
			const moment = { queue: [revoke("c", 1), read(2), revoke("b", 3)], command: null };
			const joined = enqueue(enqueue(moment, revoke("c", 4)), read(5));
			expect(inWords(joined).queue.sort()).toEqual(["b 3", "c 1,4", "read 2,5"]);
		});
	});

	describe("where something else has changed the device since the requests of the one in flight began", () => {
		const moments = [
			["a switch", switchTo("b", 1, { version }), switchTo("b", 2)],
			["a revoke", revoke("c", 1, { version }), revoke("c", 2)],
			["signing out the others", revokeOthers(1, { version }), revokeOthers(2)],
			["signing out all", signOutAll(1, { version }), signOutAll(2)],
		] as const;

		test.each(moments)("%s does not join it, and is decided after it", (_, command, added) => {
			const { queue, ...after } = enqueue({ queue: [], command, version: "v2" }, added);
			expect([after.command?.tickets, queue.map(({ tickets }) => tickets)]).toEqual([[1], [[2]]]);
		});

		test.each(moments)("%s joins it where nothing has, or where its requests have not begun", (_, command, added) => {
			// Of whoever signs in without the plugin no version tells: a sign-out of all that was sent serves nobody else.
			for (const begun of command.type === "signOutAll" ? [null] : [version, null]) {
				const moment = { queue: [], command: { ...command, version: begun }, version: begun ?? "v2" };
				expect(enqueue(moment, added)).toMatchObject({ queue: [], command: { tickets: [1, 2] } });
			}
		});
	});

	test("a sign-out of all does not join one that was sent", () => {
		const moment = { queue: [], command: signOutAll(1, { version }), version };
		const { command, queue } = enqueue(moment, signOutAll(2));
		expect([command?.tickets, queue.map(({ tickets }) => tickets)]).toEqual([[1], [[2]]]);
	});

	test("a revoke does not join a switch to the same account", () => {
		expect(enqueue({ queue: [], command: switchTo("b", 1) }, revoke("b", 2)).queue).toHaveLength(1);
	});

	test("nothing that was handed in is written to", () => {
		const queue = Object.freeze([Object.freeze(switchTo("b", 1))]);
		expect(() => enqueue({ queue, command: Object.freeze(switchTo("c", 2)) }, switchTo("c", 3))).not.toThrow();
	});
});

describe("the next step", () => {
	const situation = (more: Partial<Situation>): Situation => ({
		...nothingKnown,
		rows: rowsOf("a", "a", "b", "c"),
		version,
		reading: { number: 1, version, began: 1000, at: 1000 },
		begun: 1,
		queue: [],
		command: null,
		...more,
	});

	test("with nothing to do there is rest", () => {
		expect(nextStep(situation({}))).toEqual({ type: "rest" });
	});

	test("what is under way comes first, then revokes, then the switch", () => {
		const queue = [switchTo("b", 1), revoke("c", 2), revoke("b", 3)];
		expect(nextStep(situation({ queue }))).toMatchObject({ type: "revoke", command: { id: "c" } });
		expect(nextStep(situation({ queue: queue.slice(0, 1) }))).toMatchObject({ type: "switch", command: { id: "b" } });
		const command = switchTo("b", 4, { done: true, failed: [failure(null, "timeout", { unsure: true })] });
		expect(nextStep(situation({ queue, command }))).toEqual({ type: "read" });
	});

	test("while requests are out there is rest, but for what is superseded meanwhile", () => {
		const command = switchTo("b", 1);
		expect(nextStep(situation({ command, queue: [revoke("c", 2)] }))).toEqual({ type: "rest" });
		const over = switchTo("c", 3, { done: true, failed: [failure(null, "superseded")] });
		expect(nextStep(situation({ command, queue: [over] }))).toMatchObject({ type: "answer", command: over });
	});

	test("a read is made where nothing else can go", () => {
		expect(nextStep(situation({ queue: [read(1), switchTo("b", 2)] }))).toMatchObject({ type: "switch" });
		expect(nextStep(situation({ queue: [read(1)] }))).toEqual({ type: "read" });
	});

	test("who the others are waits for the switch that was asked for before, not for one that comes later", () => {
		const [early, late] = [
			[switchTo("b", 1), revokeOthers(2)],
			[revokeOthers(1), switchTo("b", 2)],
		];
		expect(nextStep(situation({ queue: early }))).toMatchObject({ type: "switch" });
		expect(nextStep(situation({ queue: late }))).toMatchObject({ type: "revoke", command: { type: "revokeOthers" } });
	});

	test("a switch to the active account is not answered before a revoke that was asked for earlier", () => {
		const confirmed = switchTo("a", 2, { after: 0 });
		expect(nextStep(situation({ queue: [revoke("c", 1), confirmed] }))).toMatchObject({ type: "revoke" });
		expect(nextStep(situation({ queue: [confirmed, revoke("c", 1)] }))).toMatchObject({ type: "answer" });
	});

	test("nobody is told who is active before a switch that a late cookie has undone is made once more", () => {
		const again = switchTo("b", 1, { tries: 1 });
		const queue = [read(2, { after: 0 }), revoke("gone", 3, { known: true }), switchTo("a", 4)];
		expect(nextStep(situation({ queue }))).toMatchObject({ type: "answer" });
		expect(nextStep(situation({ queue: [again, ...queue] }))).toEqual({ type: "switch", command: again });
	});

	test("is worked out once for each situation: whoever asks again gets the same object", () => {
		const one = situation({ queue: [switchTo("b", 1)] });
		expect(nextStep(one)).toBe(nextStep(one));
		const other = { ...one };
		expect(nextStep(other)).toEqual(nextStep(one));
		expect(nextStep(other)).not.toBe(nextStep(one));
	});
});
