import { createDeviceSessions } from "device-sessions";
import { account, createCannedDevice } from "./canned.js";
import { number, print, summarize, time } from "./figures.js";

const sizes = [1, 10, 100, 1_000, 10_000];
const rounds = 7;
const kinds = { "nothing new": "nothing", "one new": "one", "all new": "all" } as const;

export async function benchReads(): Promise<void> {
	const rows: string[][] = [];
	for (const [title, kind] of Object.entries(kinds)) {
		let before: number | undefined;
		for (const size of sizes) {
			const { median, client, told } = await read(size, kind);
			const each = (median * 1e6) / size;
			rows.push([
				title,
				number(size),
				number(median, 2),
				number(client, 2),
				number(each),
				before === undefined ? "" : `× ${number(each / before, 2)}`,
				told.join(" "),
			]);
			before = each;
		}
	}
	print(
		`Reads (median of ${rounds})`,
		[
			"what is new",
			"rows",
			"ms",
			"of it the client's",
			"ns a row",
			"to the line above",
			"told: store sessions active error",
		],
		rows,
	);
}

async function read(size: number, kind: (typeof kinds)[keyof typeof kinds]) {
	const device = createCannedDevice(size);
	const store = createDeviceSessions(device.client);
	const stores = [store, store.$sessions, store.$active, store.$error];
	const told = stores.map(() => 0);
	const stops = stores.map((one, index) =>
		one.listen(() => {
			told[index] = (told[index] ?? 0) + 1;
		}),
	);
	await store.refetch();
	await store.refetch();
	const times: number[] = [];
	const clientTimes: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const from = (round + 1) * size * 2;
		if (kind === "one") device.set([...device.accounts().slice(0, -1), account(from)]);
		if (kind === "all") device.set(Array.from({ length: size }, (_, index) => account(from + index)));
		told.fill(0);
		times.push(await time(() => store.refetch()));
		clientTimes.push(await time(() => device.client.multiSession.listDeviceSessions()));
	}
	for (const stop of stops) stop();
	await store.destroy();
	return { median: summarize(times).median, client: summarize(clientTimes).median, told };
}

export async function benchSignOutOthers(): Promise<void> {
	const rows: string[][] = [];
	let before: number | undefined;
	for (const size of [10, 100, 1_000]) {
		const times: number[] = [];
		for (let round = 0; round < 3; round += 1) {
			const { client } = createCannedDevice(size + 1);
			const store = createDeviceSessions(client);
			const stop = store.listen(() => {});
			await store.refetch();
			times.push(await time(() => store.signOutOthers()));
			stop();
			await store.destroy();
		}
		const { median } = summarize(times);
		const each = (median * 1e3) / size;
		rows.push([
			number(size),
			number(median, 1),
			number(each),
			before === undefined ? "" : `× ${number(each / before, 2)}`,
		]);
		before = each;
	}
	print("Signing out the others (median of 3)", ["others", "ms", "µs an account", "to the line above"], rows);
}
