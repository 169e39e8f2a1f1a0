import { createDeviceSessions } from "device-sessions";
import { atom } from "nanostores";
import { createActor, fromPromise, setup, waitFor } from "xstate";
import { account, createCannedDevice } from "./canned.js";
import { number, print, summarize, time } from "./figures.js";

const rounds = 7;

/** How often a second something can be done, round by round. */
async function rate(times: number, run: (index: number) => unknown): Promise<number[]> {
	const once = () =>
		time(async () => {
			for (let index = 0; index < times; index += 1) await run(index);
		});
	await once();
	const rates: number[] = [];
	for (let round = 0; round < rounds; round += 1) rates.push((times * 1000) / (await once()));
	return rates;
}

export async function benchCommands(): Promise<void> {
	const { client } = createCannedDevice(2);
	const store = createDeviceSessions(client);
	const stop = store.listen(() => {});
	await store.refetch();
	const ids = store.value?.sessions.map(({ id }) => id) ?? [];
	const switches = await rate(300, (index) => store.setActive(ids[(index + 1) % 2] ?? ""));
	stop();
	await store.destroy();

	const bare = createCannedDevice(2).client;
	const calls = await rate(300, async (index) => {
		await bare.multiSession.setActive({ sessionToken: account((index + 1) % 2).session.token });
		await bare.getSession();
	});

	const machine = setup({ actors: { work: fromPromise(async () => {}) } }).createMachine({
		initial: "idle",
		states: { idle: { on: { go: "busy" } }, busy: { invoke: { src: "work", onDone: "idle", onError: "idle" } } },
	});
	const actor = createActor(machine).start();
	const goes = await rate(5_000, async () => {
		actor.send({ type: "go" });
		await waitFor(actor, (snapshot) => snapshot.value === "idle");
	});
	actor.stop();

	const $atom = atom(0);
	const unlisten = $atom.listen(() => {});
	const sets = await rate(200_000, (index) => $atom.set(index + 1));
	unlisten();

	const row = (name: string, rates: number[]) => {
		const { median, least, most } = summarize(rates);
		return [name, number(median), `${number(least)} … ${number(most)}`];
	};
	print(
		`Commands a second (median of ${rounds} rounds)`,
		["what", "a second", "from … to"],
		[
			row("setActive of the store: set-active, and the check that follows", switches),
			row("the client alone: set-active, then get-session", calls),
			row("a bare XState actor: to a state with a promise, and back", goes),
			row("a bare nanostores atom with one listener: set", sets),
		],
	);
}
