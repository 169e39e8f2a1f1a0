import { createDeviceSessions } from "device-sessions";
import { account, createCannedDevice } from "./canned.js";
import { inTurn, type Spread, spread } from "./measure.js";

const sizes = [1, 10, 100, 1_000, 10_000];
const kinds = ["nothing new", "one new", "all new"] as const;

/** A read of so many rows: ms of CPU, of the store and of the client's own list alone. */
export interface Read {
	readonly kind: (typeof kinds)[number];
	readonly rows: number;
	readonly ours: Spread;
	readonly client: Spread;
}

export async function benchReads(rounds: number): Promise<Read[]> {
	const reads: Read[] = [];
	for (const kind of kinds) for (const rows of sizes) reads.push(await read(rows, kind, rows > 1_000 ? 3 : rounds));
	return reads;
}

async function read(rows: number, kind: Read["kind"], rounds: number): Promise<Read> {
	const device = createCannedDevice(rows);
	const store = createDeviceSessions(device.client);
	const stop = store.listen(() => {});
	await store.refetch();
	// The least of them are over before the clock of the CPU has ticked.
	const times = Math.max(1, Math.round(100 / rows));
	const rest = device.accounts().slice(0, -1);
	/** What is new is made beforehand: nobody measures that. */
	const news = Array.from({ length: kind === "nothing new" ? 0 : (rounds + 2) * times }, (_, round) => {
		const from = (round + 1) * rows;
		return device.prepare(
			kind === "one new" ? [...rest, account(from)] : Array.from({ length: rows }, (_, index) => account(from + index)),
		);
	});
	const repeat = (run: () => unknown) => async () => {
		for (let index = 0; index < times; index += 1) await run();
	};
	const { ours, client } = await inTurn(rounds, {
		ours: repeat(() => {
			news.pop()?.();
			return store.refetch();
		}),
		client: repeat(() => device.client.multiSession.listDeviceSessions()),
	});
	stop();
	await store.destroy();
	const each = (all: number[]) => spread(all.map((ms) => ms / times));
	return { kind, rows, ours: each(ours), client: each(client) };
}
