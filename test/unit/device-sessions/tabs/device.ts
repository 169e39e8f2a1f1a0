import { type Clock, toClock } from "../../../../src/device-sessions/page/clock.js";
import type { Page } from "../../../../src/device-sessions/page/environment.js";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";
import { createTestClock } from "../../../../src/testing/clock.js";
import { createChannels } from "../../../../src/testing/page.js";

/** A device whose tabs share what a browser shares: texts, and messages that arrive when the test says so. */
export function openDevice() {
	const texts = new Map<string, string>();
	const localStorage = {
		getItem: (key: string) => texts.get(key) ?? null,
		setItem: (key: string, text: string) => void texts.set(key, text),
	};
	const held: (() => void)[] = [];
	let isHeld = false;
	const channels = createChannels((run) => void (isHeld ? held.push(run) : run()));
	const time = createTestClock(0, () => 0);
	const clock = toClock(time);
	const page: Page = { localStorage, BroadcastChannel: channels.of(new AbortController().signal) };
	return {
		texts,
		channels,
		time,
		clock,
		page,
		openStorage: (given: Page = page) => createStorage(given),
		hold(): void {
			isHeld = true;
		},
		release(): void {
			isHeld = false;
			for (const run of held.splice(0)) run();
		},
	};
}

/** The same time, with luck of its own for each tab. */
export function withLuck(clock: Clock, seed: number): Clock {
	let state = seed;
	return {
		...clock,
		random() {
			state = (state * 9301 + 49297) % 233280;
			return state / 233280;
		},
	};
}
