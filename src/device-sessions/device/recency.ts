import * as v from "valibot";
import type { Page } from "./page.js";

const key = "device-sessions.last-used";
const limit = 100;

/** Which accounts were used last on this device, as row ids: in localStorage, in memory where storage throws. */
export function createRecency(page: Page | undefined) {
	const Ids = v.array(v.string());
	let memory: readonly string[] = [];
	let isStored = true;

	/** Read anew each time: other tabs write too. */
	function read(): readonly string[] {
		try {
			if (!isStored) return memory;
			const stored = v.safeParse(Ids, JSON.parse(page?.localStorage?.getItem(key) ?? "[]"));
			return stored.success ? stored.output : [];
		} catch {
			return memory;
		}
	}

	return {
		remember(id: string): void {
			const ids = read();
			if (ids[0] === id) return;
			memory = [id, ...ids.filter((other) => other !== id)].slice(0, limit);
			try {
				if (page?.localStorage) page.localStorage.setItem(key, JSON.stringify(memory));
				else isStored = false;
			} catch {
				isStored = false;
			}
		},
		/** The one used last on this device, here or in another tab. */
		last: (): string | undefined => read()[0],
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			const used = read().filter((id) => ids.includes(id));
			return [...used, ...ids.filter((id) => !used.includes(id))];
		},
	};
}

export type Recency = ReturnType<typeof createRecency>;
