import type { TabStorage } from "./storage.js";

const key = "device-sessions.last-used";
const limit = 100;

/** Which accounts were used last on this device, as row ids. */
export function createRecency(storage: TabStorage) {
	// One a line: whatever else stands there is nobody's id.
	const used = () => storage.read(key)?.split("\n") ?? [];

	return {
		remember(id: string): void {
			const ids = used();
			if (ids[0] === id) return;
			storage.write(key, [id, ...ids.filter((other) => other !== id)].slice(0, limit).join("\n"));
		},
		/** The one used last on this device, here or in another tab. */
		last: (): string | undefined => used()[0],
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			return [...new Set([...used().filter((id) => ids.includes(id)), ...ids])];
		},
	};
}

export type Recency = ReturnType<typeof createRecency>;
