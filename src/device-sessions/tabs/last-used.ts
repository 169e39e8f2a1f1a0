import type { TabStorage } from "../page/storage.js";

const key = "device-sessions.last-used";
const limit = 100;

/** Which accounts were used last on this device, as row ids. */
export function createLastUsed(storage: TabStorage) {
	// One a line: whatever else stands there is nobody's id.
	const used = () => storage.read(key)?.split("\n") ?? [];

	/** Who was active here last. Found active once more that is no news, and another tab may have had its say since. */
	let own: string | null | undefined;
	let seen: string | undefined;

	return {
		remember(id: string | null): void {
			if (id === own) return;
			own = id;
			const ids = used();
			if (id === null || ids[0] === id) return;
			storage.write(key, [id, ...ids.filter((other) => other !== id)].slice(0, limit).join("\n"));
		},
		/** The one used last on this device, here or in another tab; and whether it was another when a tab had told before (`heard`). */
		last(heard: boolean) {
			const [id = ""] = used();
			const isNew = id !== seen;
			if (heard) seen = id;
			return { id, isNew };
		},
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			return [...new Set([...used().filter((id) => ids.includes(id)), ...ids])];
		},
	};
}

export type LastUsed = ReturnType<typeof createLastUsed>;
