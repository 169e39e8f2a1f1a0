import { createDeviceSessions } from "device-sessions";
import { createCannedDevice } from "./canned.js";
import { collect } from "./measure.js";
import { openPeerQueries } from "./peer-queries.js";

const rows = 5_000;

/** Bytes that stay alive for each row, after one read and after ten. */
export interface Memory {
	readonly rows: number;
	readonly ours: readonly [one: number, ten: number];
	/** What the client's own answer takes, which somebody keeps. */
	readonly client: readonly [one: number, ten: number];
	readonly "better-auth-ui": readonly [one: number, ten: number];
}

/** What is alive, once timers are over: nanostores keeps a store for a second after its last listener has left. */
export async function alive(): Promise<number> {
	await new Promise((resolve) => setTimeout(resolve, 1_200));
	collect();
	collect();
	return process.memoryUsage().heapUsed;
}

type Held = { read(): unknown; end(): unknown };

async function bytesOf(open: (client: ReturnType<typeof createCannedDevice>["client"]) => Held | Promise<Held>) {
	// What is compiled, and what the client makes once, is no row's.
	const small = await open(createCannedDevice(1).client);
	await small.read();
	await small.end();
	const { client } = createCannedDevice(rows);
	const before = await alive();
	const held = await open(client);
	await held.read();
	const one = (await alive()) - before;
	for (let count = 1; count < 10; count += 1) await held.read();
	const ten = (await alive()) - before;
	await held.end();
	return [one / rows, ten / rows] as const;
}

export async function benchMemory(): Promise<Memory> {
	const ours = await bytesOf((client) => {
		const store = createDeviceSessions(client);
		const stop = store.listen(() => {});
		return {
			read: () => store.refetch(),
			end() {
				stop();
				return store.destroy();
			},
		};
	});
	const own = await bytesOf((client) => {
		let kept: unknown;
		return {
			async read() {
				kept = (await client.multiSession.listDeviceSessions()).data;
			},
			end: () => kept,
		};
	});
	const ui = await bytesOf(async (client) => {
		const queries = await openPeerQueries(client);
		return { read: () => queries.refetch(), end: () => queries.close() };
	});
	return { rows, ours, client: own, "better-auth-ui": ui };
}
