import { expect, test, vi } from "vitest";
import { createTickets } from "../../../../src/device-sessions/store/tickets.js";
import { ok } from "../../../../src/errors.js";

type Numbers = { readonly ticket: number; readonly batch: number };
type Tickets = ReturnType<typeof createTickets>;

/** Asks for something, and says under which numbers it was sent. */
function ask(tickets: Tickets) {
	const sent: Numbers[] = [];
	const answer = tickets.ask((numbers) => sent.push(numbers));
	return { answer, sent };
}
const numbersOf = (tickets: Tickets) => ask(tickets).sent[0];

test("every command has a ticket of its own", () => {
	const tickets = createTickets();
	const asked = [numbersOf(tickets), numbersOf(tickets), numbersOf(tickets)];
	expect(new Set(asked.map((numbers) => numbers?.ticket)).size).toBe(3);
});

test("commands asked for in one go share a batch; later ones have another", async () => {
	const tickets = createTickets();
	const batchOf = () => numbersOf(tickets)?.batch;
	const first = [batchOf(), batchOf()];
	await Promise.resolve();
	const second = [batchOf(), batchOf()];
	await Promise.resolve();
	const third = batchOf();
	expect([first[0], second[0]]).toEqual([first[1], second[1]]);
	expect(new Set([first[0], second[0], third]).size).toBe(3);
});

test("each store counts for itself", () => {
	const [one, other] = [createTickets(), createTickets()];
	expect(numbersOf(one)).toEqual(numbersOf(other));
});

test("a command is sent at once, and answered to whoever holds its ticket", async () => {
	const tickets = createTickets();
	const [first, second] = [ask(tickets), ask(tickets)];
	expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
	tickets.answer({ type: "answered", tickets: [second.sent[0]?.ticket ?? 0], result: ok("second") });
	tickets.answer({ type: "answered", tickets: [first.sent[0]?.ticket ?? 0], result: ok("first") });
	expect(await Promise.all([first.answer, second.answer])).toEqual([ok("first"), ok("second")]);
});

test("an answer that comes while the command is being sent is not missed", async () => {
	const tickets = createTickets();
	const answer = tickets.ask(({ ticket }) =>
		tickets.answer({ type: "answered", tickets: [ticket], result: ok("now") }),
	);
	expect(await answer).toEqual(ok("now"));
});

test("one answer goes to all who joined", async () => {
	const tickets = createTickets();
	const asked = [ask(tickets), ask(tickets)];
	const both = asked.flatMap(({ sent }) => sent.map(({ ticket }) => ticket));
	tickets.answer({ type: "answered", tickets: both, result: ok("one") });
	const [first, second] = await Promise.all(asked.map(({ answer }) => answer));
	expect(first).toBe(second);
});

test("each ticket is answered once: what comes after it is nobody's, as is the answer to no ticket", async () => {
	const tickets = createTickets();
	const { answer, sent } = ask(tickets);
	const answered = vi.fn();
	answer.then(answered);
	const ticket = sent[0]?.ticket ?? 0;
	tickets.answer({ type: "answered", tickets: [ticket], result: ok(1) });
	tickets.answer({ type: "answered", tickets: [ticket, 99], result: ok(2) });
	await answer;
	expect(answered.mock.calls).toEqual([[ok(1)]]);
});

test("closed, nothing is sent any more, and every command answers destroyed", async () => {
	const tickets = createTickets();
	tickets.close();
	const { answer, sent } = ask(tickets);
	expect(sent).toEqual([]);
	expect(await answer).toMatchObject({ data: null, error: { kind: "destroyed" } });
});

test("what was asked for before it is closed is still answered", async () => {
	const tickets = createTickets();
	const { answer, sent } = ask(tickets);
	tickets.close();
	tickets.answer({ type: "answered", tickets: [sent[0]?.ticket ?? 0], result: ok("late") });
	expect(await answer).toEqual(ok("late"));
});
