import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";

/** Where it is kept that a tab has had its turn: nothing but a time and a number by chance. */
const key = "device-sessions.turn";

/** Whether another tab has had its turn since this one last read the device. */
export function createTurns(storage: TabStorage, clock: Clock) {
	/** The last turn of any tab when the device was last read; undefined: it never was. */
	let known: string | null | undefined;
	const last = () => storage.read(key) ?? null;
	return {
		/** The device is about to be read: turns up to here are no news any more. */
		catchUp(): void {
			known = last();
		},
		/** What was read last may be out of date. */
		isOvertaken: (): boolean => known !== undefined && last() !== known,
		/** This tab has had its turn. */
		take(): void {
			storage.write(key, `${clock.now()}.${clock.random()}`);
			known = last();
		},
	};
}

export type Turns = ReturnType<typeof createTurns>;
