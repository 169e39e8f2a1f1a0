import { createDeviceSessions } from "device-sessions";
import { account, createCannedDevice } from "./canned.js";
import { collect, cpuOf, inTurn, ratio, type Spread, spread } from "./measure.js";
import { openPeerQueries } from "./peer-queries.js";

/** A budget of the contract that is a ratio, and what was measured of it. */
export interface Budget {
	readonly title: string;
	readonly limit: number;
	/** Where one is named that is better than the limit. */
	readonly aim?: number;
	readonly ratio: Spread;
	/** Ms of CPU: of this package, of what it is held against, and of others that did the same in the same run. */
	readonly ours: Spread;
	readonly base: Spread;
	readonly others?: Readonly<Record<string, Spread>>;
}

const agents = "user agents of 117 letters";

/** A refetch of 1,000 rows that finds nothing new, and the client's own two requests. */
export async function benchRefetch(rounds: number): Promise<Budget> {
	const count = 1_000;
	const store = createDeviceSessions(createCannedDevice(count).client);
	const stop = store.listen(() => {});
	await store.refetch();
	const { client } = createCannedDevice(count);
	const peer = await openPeerQueries(createCannedDevice(count).client);
	const { ours, base, other } = await inTurn(rounds, {
		ours: () => store.refetch(),
		base: () => Promise.all([client.multiSession.listDeviceSessions(), client.getSession()]),
		other: () => peer.refetch(),
	});
	peer.close();
	stop();
	await store.destroy();
	return {
		title: `a refetch of 1,000 rows that finds nothing new (${agents}), to the client's own list and get-session`,
		limit: 2,
		aim: 1.6,
		ratio: ratio(ours, base),
		ours: spread(ours),
		base: spread(base),
		others: { "better-auth-ui": spread(other) },
	};
}

/** A hundred switches in a row, the check of each included, and the client's own two requests of each. */
export async function benchSetActive(rounds: number): Promise<Budget> {
	const times = 100;
	const store = createDeviceSessions(createCannedDevice(2).client);
	const stop = store.listen(() => {});
	await store.refetch();
	const ids = store.value?.sessions.map(({ id }) => id) ?? [];
	const tokens = [0, 1].map((number) => account(number).session.token);
	const { client } = createCannedDevice(2);
	const peer = await openPeerQueries(createCannedDevice(2).client);
	const repeat = (run: (index: number) => unknown) => async () => {
		for (let index = 1; index <= times; index += 1) await run(index % 2);
	};
	const runs = {
		ours: repeat((index) => store.setActive(ids[index] ?? "")),
		base: repeat(async (index) => {
			await client.multiSession.setActive({ sessionToken: tokens[index] ?? "" });
			await client.getSession();
		}),
		other: repeat((index) => peer.setActive(tokens[index] ?? "")),
	};
	// The engine compiles what runs often.
	for (let warm = 0; warm < 10; warm += 1) for (const run of Object.values(runs)) await run();
	const { ours, base, other } = await inTurn(rounds, runs);
	peer.close();
	stop();
	await store.destroy();
	return {
		title: "`setActive`, check included, to the client's own set-active and get-session (100 of each)",
		limit: 3.5,
		aim: 3,
		ratio: ratio(ours, base),
		ours: spread(ours),
		base: spread(base),
		others: { "better-auth-ui": spread(other) },
	};
}

/** Signing out 1,000 others, and 100. */
export async function benchSignOutOthers(rounds: number): Promise<Budget> {
	const times: Record<number, number[]> = { 100: [], 1000: [] };
	/** The little one several times over, or chance would decide. */
	const often: Record<number, number> = { 100: 5, 1000: 1 };
	for (let round = -1; round < rounds; round += 1) {
		for (const [count, repeats] of Object.entries(often).map(([key, value]) => [Number(key), value] as const)) {
			let ms = 0;
			for (let repeat = 0; repeat < repeats; repeat += 1) ms += (await signOutOthers(count)) / repeats;
			if (round >= 0) times[count]?.push(ms);
		}
	}
	const [base = [], ours = []] = [times[100], times[1_000]];
	return {
		title: "signing out 1,000 others, to signing out 100",
		limit: 12,
		ratio: ratio(ours, base),
		ours: spread(ours),
		base: spread(base),
	};
}

async function signOutOthers(count: number): Promise<number> {
	const store = createDeviceSessions(createCannedDevice(count + 1).client);
	const stop = store.listen(() => {});
	await store.refetch();
	collect();
	const ms = await cpuOf(() => store.signOutOthers());
	stop();
	await store.destroy();
	return ms;
}
