import { createDeviceSessions } from "device-sessions";
import { createCannedDevice } from "./canned.js";
import { number, print } from "./figures.js";

/** After so many at a time the heap is looked at. */
const times = 10_000;
const rounds = 2;

/** nanostores keeps a store for a second after the last listener has left, by a timer each time. */
const timersOver = () => new Promise((resolve) => setTimeout(resolve, 1_100));

/** What is alive, in MB, once those timers are over; undefined without `--expose-gc`. */
async function alive(): Promise<number | undefined> {
	if (!globalThis.gc) return undefined;
	await timersOver();
	for (let index = 0; index < 3; index += 1) globalThis.gc();
	return process.memoryUsage().heapUsed / 1_000_000;
}

/** Whether a store that is used for long grows. */
export async function benchLongLife(): Promise<void> {
	const { client } = createCannedDevice(3);
	const store = createDeviceSessions(client);
	await store.refetch();
	const ids = store.value?.sessions.map(({ id }) => id) ?? [];
	const rows: string[][] = [];
	const measure = async (what: string, run: (index: number) => unknown) => {
		for (let index = 0; index < times; index += 1) await run(index);
		const heap: (number | undefined)[] = [await alive()];
		for (let round = 0; round < rounds; round += 1) {
			for (let index = 0; index < times; index += 1) await run(index);
			heap.push(await alive());
		}
		rows.push([what, ...heap.map((size) => (size === undefined ? "?" : number(size, 2)))]);
	};
	await measure("mounts and unmounts", async () => {
		const stop = store.listen(() => {});
		await null;
		stop();
	});
	const stop = store.listen(() => {});
	await measure("switches", (index) => store.setActive(ids[index % ids.length] ?? ""));
	await measure("refetches", () => store.refetch());
	stop();
	await store.destroy();
	const head = ["MB alive after", ...Array.from({ length: rounds + 1 }, (_, index) => number((index + 1) * times))];
	print("The heap of a store that is used for long", head, rows);
}
