import { createDeviceSessions } from "device-sessions";
import { createCannedDevice } from "./canned.js";
import { alive } from "./memory.js";

/** After so many at a time the heap is looked at. */
const times = 2_000;

/** MB that are alive after so many, twice as many, and three times as many. */
export interface Life {
	readonly title: string;
	readonly heap: readonly number[];
}

export interface Lives {
	readonly times: number;
	readonly lives: readonly Life[];
}

/** Whether a store that is used for long grows. */
export async function benchLongLife(): Promise<Lives> {
	const { client } = createCannedDevice(3);
	const store = createDeviceSessions(client);
	await store.refetch();
	const ids = store.value?.sessions.map(({ id }) => id) ?? [];
	const lives: Life[] = [];
	const measure = async (title: string, run: (index: number) => unknown) => {
		const heap: number[] = [];
		for (let round = 0; round < 3; round += 1) {
			for (let index = 0; index < times; index += 1) await run(index);
			heap.push((await alive()) / 1_000_000);
		}
		lives.push({ title, heap });
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
	return { times, lives };
}
