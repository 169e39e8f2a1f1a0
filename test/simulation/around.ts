import type { Page, PageChannel, PageLocks } from "../../src/device-sessions/page/environment.js";
import type { DeviceSessionsClock } from "../../src/index.js";
import { withoutIds } from "./ids.js";
import { isPast } from "./past.js";
import type { Surroundings } from "./surroundings.js";

/** What a page stands in: the browser's parts and the time. */
export interface Around {
	readonly page: Page;
	readonly clock: DeviceSessionsClock;
}

/** Whether a page is running. What comes to one that is frozen waits until it goes on. */
export function createGate() {
	const waiting: (() => void)[] = [];
	let isShut = false;
	const pass = (run: () => void): void => {
		if (isShut) waiting.push(run);
		else run();
	};
	return {
		isShut: () => isShut,
		pass,
		/** Resolves when the page is running. */
		opened: () => new Promise<void>((resolve) => pass(resolve)),
		shut(): void {
			isShut = true;
		},
		open(): void {
			isShut = false;
			for (const run of waiting.splice(0)) run();
		},
	};
}

export type Gate = ReturnType<typeof createGate>;

/** A channel that hears nothing while its page is frozen, and all of it afterwards. */
function freezing(Channel: NonNullable<Page["BroadcastChannel"]>, gate: Gate): NonNullable<Page["BroadcastChannel"]> {
	return class implements PageChannel {
		onmessage: PageChannel["onmessage"] = null;
		readonly #own: PageChannel;
		constructor(name: string) {
			this.#own = new Channel(name);
			this.#own.onmessage = (event) => gate.pass(() => this.onmessage?.(event));
		}
		postMessage(message: unknown): void {
			this.#own.postMessage(message);
		}
		close(): void {
			this.#own.close();
			this.onmessage = null;
		}
	};
}

/** What a page stands in, where it may be frozen: its timers, its messages and its locks wait for it. */
function freezable({ page, clock }: Around, gate: Gate): Around {
	const { BroadcastChannel: Channel, navigator } = page;
	const locks = navigator?.locks;
	const request: PageLocks["request"] = (name, options, run) =>
		// Safe: only asked for where there are locks.
		(locks as PageLocks).request(name, options, async (lock) => {
			await gate.opened();
			return run(lock);
		});
	const cancelled = new Set<unknown>();
	return {
		page: {
			...page,
			...(Channel && { BroadcastChannel: freezing(Channel, gate) }),
			// As it stands: whether the page is online changes.
			navigator: {
				get onLine() {
					return navigator?.onLine ?? true;
				},
				...(locks && { locks: { request } }),
			},
		},
		clock: {
			...clock,
			setTimeout(run, ms) {
				const id: unknown = clock.setTimeout(() => gate.pass(() => cancelled.has(id) || run()), ms);
				return id;
			},
			clearTimeout(id) {
				if (gate.isShut()) cancelled.add(id);
				clock.clearTimeout(id);
			},
		},
	};
}

const without = ({ page, clock }: Around, lacks: Surroundings["lacks"]): Around => {
	const { BroadcastChannel, localStorage, navigator, ...rest } = page;
	const { locks } = navigator ?? {};
	return {
		clock,
		page: {
			...rest,
			// As it stands: whether the page is online changes.
			navigator: {
				get onLine() {
					return navigator?.onLine ?? true;
				},
				...(locks && !lacks.includes("locks") && { locks }),
			},
			...(BroadcastChannel && !lacks.includes("channel") && { BroadcastChannel }),
			...(localStorage && !lacks.includes("storage") && { localStorage }),
		},
	};
};

/** What a page stands in, as a run has it. */
export function surround(around: Around, { freezes, lacks }: Surroundings, gate: Gate): Around {
	const poorer = lacks.length > 0 ? without(around, lacks) : around;
	return freezes ? freezable(poorer, gate) : poorer;
}

/** What a page sends, and what comes back. `activates` is told of each account that it is about to make active, by its token. */
export function throughPage(
	send: typeof fetch,
	{ freezes, isDeaf, lacksIds }: Surroundings,
	gate: Gate,
	activates: (token: string) => void,
): typeof fetch {
	return async (input, init) => {
		if (freezes) await gate.opened();
		if (String(input).endsWith("/multi-session/set-active") && !isPast(init))
			// Safe: as the operation sends it.
			activates((JSON.parse(String(init?.body)) as { sessionToken: string }).sessionToken);
		const response = await send(input, isDeaf ? { ...init, signal: null } : init);
		if (freezes) await gate.opened();
		return lacksIds ? withoutIds(response) : response;
	};
}
