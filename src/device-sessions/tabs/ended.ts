import * as v from "valibot";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";
import type { EndedAccount, RowData } from "../types.js";
import { nameOf } from "./names.js";
import { isOver } from "./version.js";

const key = nameOf("ended");
const most = 10;
/** How long an account is remembered, in ms: 30 days. */
const longest = 2_592_000_000;

const Stored = /* @__PURE__ */ (() => {
	const text = v.nullable(v.string());
	const account = { id: v.string(), name: text, email: text, image: text };
	return v.object({
		version: v.string(),
		known: v.array(v.object(account)),
		ended: v.array(v.object({ ...account, endedAt: v.number() })),
		deleted: v.array(v.string()),
	});
})();
type Stored = v.InferOutput<typeof Stored>;
const nothing: Stored = { version: "", known: [], ended: [], deleted: [] };

const textOf = (value: unknown) => (typeof value === "string" ? value : null);

/**
 * Accounts whose session on this device has ended elsewhere: it ran out, or was revoked on another device. That is so
 * where two readings of one version differ: no change of this device's own has begun in between.
 *
 * @param isOn undefined: no wire tells a person's own sign-out from an end elsewhere, so what others keep stays.
 */
export function createEnded(storage: TabStorage, clock: Clock, isOn: boolean | undefined) {
	function read(): Stored {
		try {
			return v.parse(Stored, JSON.parse(storage.read(key) ?? ""));
		} catch {
			// Anything can stand there.
			return nothing;
		}
	}
	/** Returns who has ended. */
	function write({ ended, ...stored }: Stored): readonly EndedAccount[] {
		const kept = ended.filter(({ endedAt }) => Math.abs(clock.now() - endedAt) < longest).slice(0, most);
		const text = JSON.stringify({ ...stored, ended: kept });
		if (storage.read(key) !== text) storage.write(key, text);
		return kept;
	}
	if (isOn === false && storage.read(key)) storage.write(key, "");

	return {
		/** These are signed in at this version. Whom a `reading` does not find any more, and no change explains, has ended. */
		take(version: string | null, rows: readonly RowData[], isReading = false): readonly EndedAccount[] {
			const stored = isOn ? read() : nothing;
			// While a change is under way, what is missing may be its doing.
			if (!isOn || version === null || !isOver(version)) return stored.ended;
			const { deleted } = stored;
			const gone = isReading && stored.version === version ? stored.known : [];
			const known = rows.flatMap(({ user: { id, name, email, image } }) =>
				textOf(id) === null || deleted.includes(id)
					? []
					: [{ id, name: textOf(name), email: textOf(email), image: textOf(image) }],
			);
			const here = new Set(known.map(({ id }) => id));
			const ended = [...gone.map((account) => ({ ...account, endedAt: clock.now() })), ...stored.ended];
			return write({ version, known, deleted, ended: ended.filter(({ id }) => !here.has(id)) });
		},
		/** A change that began at one version was none. */
		carry(from: string, to: string): void {
			const stored = read();
			if (isOn && stored.version === from) write({ ...stored, version: to });
		},
		/** `isDeleted`: nor is it remembered again. */
		forget(id: string, isDeleted = false): readonly EndedAccount[] {
			if (!isOn) return [];
			const { deleted, ended, known, ...stored } = read();
			const others = <T extends { readonly id: string }>(accounts: readonly T[]) =>
				accounts.filter((account) => account.id !== id);
			if (!isDeleted) return write({ ...stored, deleted, known, ended: others(ended) });
			return write({ ...stored, deleted: [id, ...deleted].slice(0, most), known: others(known), ended: others(ended) });
		},
		/** The person has signed out: nobody is remembered. */
		clear(): void {
			if (isOn) storage.write(key, "");
		},
	};
}

export type Ended = ReturnType<typeof createEnded>;
