import { onTestFinished, vi } from "vitest";
import type { IdentityChange } from "../../src/index.js";

/** A promise that is settled by hand. */
export function gate<T = void>() {
	let open: (value: T) => void = () => {};
	const passed = new Promise<T>((resolve) => {
		open = resolve;
	});
	return { open, passed };
}

/** Who changed to whom, and why, in the order it was told. */
export function told() {
	const changes: string[] = [];
	const note = ({ from, to, reason }: IdentityChange) => {
		changes.push(`${from?.user.name ?? "nobody"} → ${to?.user.name ?? "nobody"}: ${reason}`);
	};
	return { changes, note };
}

/** A callback that holds every change until it is let go. */
export function holding() {
	const { changes, note } = told();
	const waiting: (() => void)[] = [];
	return {
		changes,
		note: (change: IdentityChange) => {
			note(change);
			return new Promise<void>((resolve) => waiting.push(resolve));
		},
		/** Waits until so many changes were told, one more than before where not said. */
		// What the store reads by itself comes at the end of a second.
		told: (count: number) => vi.waitUntil(() => changes.length >= count, { timeout: 5_000 }),
		letGo: () => {
			for (const resolve of waiting.splice(0)) resolve();
		},
	};
}

/** What a browser keeps between visits, or a storage that refuses. */
export function keepStorage(storage: Partial<Storage> = {}): Map<string, string> {
	const kept = new Map<string, string>();
	vi.stubGlobal("localStorage", {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		...storage,
	});
	onTestFinished(() => void vi.unstubAllGlobals());
	return kept;
}
