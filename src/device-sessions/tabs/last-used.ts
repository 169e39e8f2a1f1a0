import type { TabStorage } from "../page/storage.js";
import { nameOf } from "./names.js";

const key = nameOf("last-used");
const activeKey = nameOf("last-active");
const limit = 100;
/** Nobody was active. */
const nobody = "-";

/** Which accounts were used last on this device, as row ids, and who was active last. */
export function createLastUsed(storage: TabStorage) {
	// One a line: whatever else stands there is nobody's id.
	const used = () => storage.read(key)?.split("\n") ?? [];

	return {
		/** This account, or nobody, is active at this version of the device. */
		remember(id: string | null, version: string): void {
			const active = `${version}\n${id ?? nobody}`;
			if (storage.read(activeKey) !== active) storage.write(activeKey, active);
			const ids = used();
			if (id === null || ids[0] === id) return;
			storage.write(key, [id, ...ids.filter((other) => other !== id)].slice(0, limit).join("\n"));
		},
		/** Who was active last, and at which version, as far as its tabs knew; undefined where none did. */
		active(): { readonly version: string; readonly id: string | null } | undefined {
			const [version, id] = storage.read(activeKey)?.split("\n") ?? [];
			return version === undefined || id === undefined ? undefined : { version, id: id === nobody ? null : id };
		},
		/** The same ids, the one used last first; those never used keep their order behind them. */
		sort(ids: readonly string[]): string[] {
			return [...new Set([...used().filter((id) => ids.includes(id)), ...ids])];
		},
	};
}

export type LastUsed = ReturnType<typeof createLastUsed>;
