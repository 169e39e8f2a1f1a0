import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";
import { nameOf } from "./names.js";

const key = nameOf("last-used");
const activeKey = nameOf("last-active");
const limit = 100;
/** Nobody was active. */
const nobody = "-";

/** Which accounts were used last on this device, as row ids, and when; and who was active last. */
export function createLastUsed(storage: TabStorage, clock: Clock) {
	// One a line, its time behind it: whatever else stands there is nobody's id.
	const used = () => (storage.read(key)?.split("\n") ?? []).map((line) => line.split("\t"));

	return {
		/** This account, or nobody, is active at this version of the device. */
		remember(id: string | null, version: string): void {
			const before = this.active()?.id;
			const active = `${version}\n${id ?? nobody}`;
			if (storage.read(activeKey) !== active) storage.write(activeKey, active);
			if (before === id) return;
			const changed = [id, before];
			const lines = [
				// Of whoever is found active first it is not known since when.
				...changed.filter(Boolean).map((one) => [one, before === undefined ? "" : clock.now()]),
				...used().filter(([other = ""]) => !changed.includes(other)),
			];
			storage.write(
				key,
				lines
					.slice(0, limit)
					.map((line) => line.join("\t"))
					.join("\n"),
			);
		},
		/** Who was active last, and at which version, as far as its tabs knew; undefined where none did. */
		active(): { readonly version: string; readonly id: string | null } | undefined {
			const [version, id] = storage.read(activeKey)?.split("\n") ?? [];
			return version === undefined || id === undefined ? undefined : { version, id: id === nobody ? null : id };
		},
		/** Since when the active account is, and until when another one was; in epoch ms. */
		times(): (id: string) => number | null {
			const times = new Map(used().map(([id, time]) => [id, Number(time)]));
			return (id) => times.get(id) || null;
		},
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			const known = used().map(([id = ""]) => id);
			return [...new Set([...known.filter((id) => ids.includes(id)), ...ids])];
		},
	};
}

export type LastUsed = ReturnType<typeof createLastUsed>;
