import { setTimeout as later } from "node:timers/promises";
import { type Key, type Place, pace, reach, type Tab } from "./engine.js";

interface Keyboard {
	down(key: Key): Promise<void>;
	up(key: Key): Promise<void>;
}

/** Where a driver has one command for each press: the clicks of a hand, one after the other. */
export const inTurn =
	(click: Tab["click"]) =>
	async (...places: readonly Place[]): Promise<void> => {
		for (const [at, { x, y, times }] of places.entries()) {
			if (at) await later(reach);
			await click(x, y, times);
		}
	};

/** Where a key that is down and goes down again repeats. */
export async function hold(keyboard: Keyboard, key: Key, repeats: number): Promise<void> {
	await keyboard.down(key);
	for (let held = 0; held < repeats; held += 1) {
		await later(pace);
		await keyboard.down(key);
	}
	await keyboard.up(key);
}
