import * as v from "valibot";
import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";
import type { EndedAccount, RowData } from "../types.js";
import { isOver } from "./version.js";

const key = "ended";

const Stored = /* @__PURE__ */ (() => {
	const text = v.nullable(v.string());
	return v.object({
		version: v.string(),
		accounts: v.array(
			v.object({ id: v.string(), name: text, email: text, image: text, endedAt: v.nullable(v.number()) }),
		),
	});
})();
type Stored = v.InferOutput<typeof Stored>;

/** Who has been deleted, or is about to be: never remembered. Null stands for who is signed in. */
const never = 0;
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
			if (isOn) return v.parse(Stored, JSON.parse(storage.read(key) ?? ""));
		} catch {
			// Anything can stand there.
		}
		return { version: "", accounts: [] };
	}
	/** Returns who has ended. */
	function write(version: string, accounts: Stored["accounts"]): EndedAccount[] {
		// Safe: those that have a time.
		const ended = accounts.filter(({ endedAt }) => endedAt) as EndedAccount[];
		const kept = ended
			.filter(({ endedAt }) => Math.abs(clock.now() - endedAt) < limits.endedFor)
			.slice(0, limits.ended);
		const text = JSON.stringify({ version, accounts: [...accounts.filter(({ endedAt }) => !endedAt), ...kept] });
		if (isOn && storage.read(key) !== text) storage.write(key, text);
		return kept;
	}
	if (isOn === false && storage.read(key)) storage.write(key, "");

	return {
		/**
		 * These are signed in at this version; null where that is not certain. Whom a `reading` does not find any more, and no
		 * change explains, has ended.
		 */
		take(version: string | null, rows: readonly RowData[], isReading = false): readonly EndedAccount[] {
			const { accounts, version: before } = read();
			// Off, it costs no time. While a change is under way, what is missing may be its doing.
			if (!isOn || version === null || !isOver(version)) return write(before, accounts);
			const here = new Map<string, Stored["accounts"][number]>();
			for (const { user } of rows) {
				const { id, name, email, image } = user;
				here.set(id, { id, name: textOf(name), email: textOf(email), image: textOf(image), endedAt: null });
			}
			const others = accounts.flatMap((account) => {
				const { endedAt, id } = account;
				if (endedAt === never) here.delete(id);
				else if (here.has(id)) return [];
				if (endedAt !== null) return [account];
				return isReading && before === version ? [{ ...account, endedAt: clock.now() }] : [];
			});
			return write(version, [...here.values(), ...others]);
		},
		/** One user, or all of them; `isDeleted`: nor is that one remembered again. */
		forget(id?: string, isDeleted = false): readonly EndedAccount[] {
			const { accounts, version } = read();
			const others = accounts.filter((account) => id !== undefined && account.id !== id);
			const gone = { id: id ?? "", name: null, email: null, image: null, endedAt: never };
			return write(version, isDeleted ? [...others, gone] : others);
		},
	};
}

export type Ended = ReturnType<typeof createEnded>;
