import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";

const key = "last-used";
const activeKey = "last-active";
const timesKey = "last-times";
const switchKey = "last-switch";
/** Nobody was active. */
const nobody = "-";

/** Which accounts were used last on this device, as row ids, and when; and who was active last. */
export function createLastUsed(storage: TabStorage, clock: Clock) {
	// One a line: whatever else stands there is nobody's id.
	const lines = (of: string) => storage.read(of)?.split("\n") ?? [];

	/** The last switch that this store knows to be its own, or its page's. */
	let own: string | undefined;

	return {
		/** This account, or nobody, is active at this version of the device. */
		remember(id: string | null, version: string): void {
			const before = this.active()?.id;
			const active = `${version}\n${id ?? nobody}`;
			if (storage.read(activeKey) !== active) storage.write(activeKey, active);
			if (before === id) return;
			const timeOf = this.times();
			const ids = [...new Set([id, before, ...lines(key)])].filter((one) => one != null).slice(0, limits.lastUsed);
			storage.write(key, ids.join("\n"));
			// Of whoever is found active first it is not known since when.
			const now = before === undefined ? "" : clock.now();
			const times = ids.map((one) => `${one}\t${one === id || one === before ? now : (timeOf(one) ?? "")}`);
			storage.write(timesKey, times.join("\n"));
		},
		/** An account was made active; the device has this version once that is over. */
		switched(version: string): void {
			own = version;
			storage.write(switchKey, version);
		},
		/** Another tab has made one active since this one did: a newer click is not undone. */
		isOvertaken: (): boolean => own !== undefined && storage.read(switchKey) !== own,
		/** Who was active last, and at which version, as far as its tabs knew; undefined where none did. */
		active(): { readonly version: string; readonly id: string | null } | undefined {
			// An id of a server's own making may have more lines.
			const [version = "", ...rest] = storage.read(activeKey)?.split("\n") ?? [];
			const id = rest.join("\n");
			return rest.length > 0 ? { version, id: id === nobody ? null : id } : undefined;
		},
		/** Since when the active account is, and until when another one was; in epoch ms. */
		times(): (id: string) => number | null {
			// Safe: a line without a time gives none.
			const times = new Map(lines(timesKey).map((line) => line.split("\t") as [string, string]));
			return (id) => Number(times.get(id)) || null;
		},
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			return [...new Set([...lines(key).filter((id) => ids.includes(id)), ...ids])];
		},
	};
}

export type LastUsed = ReturnType<typeof createLastUsed>;
