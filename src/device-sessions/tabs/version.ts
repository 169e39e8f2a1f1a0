import * as limits from "../limits.js";
import type { Clock } from "../page/clock.js";
import type { TabStorage } from "../page/storage.js";
import type { Channel } from "./channel.js";

const key = "version";
/** The versions before it, as far as whoever wrote it had heard of them. */
const pastKey = "versions";

/**
 * The version of the device, shared by its tabs: an opaque text, compared for equality and never counted. It is written
 * when a change begins and when it ends, to the storage and in a message: either can come late, and whichever of the two
 * is new counts. (Chromium's localStorage lags behind its locks and messages: test/browser/storage-behind-locks.test.ts.)
 *
 * @param limit how long a change may take, in ms
 */
export function createVersion(storage: TabStorage, channel: Channel, clock: Clock, limit: number) {
	const read = () => (storage.read(key) ?? "").slice(0, limits.version);
	const past = () => (storage.read(pastKey) ?? "").slice(0, limits.pastVersions * limits.version).split("\n");
	let stored = read();
	let current = stored;
	/** What has been heard of, or has come before that: heard again, or late, it is no news. */
	const known = [...past(), current];
	let count = 0;
	/** Since when the current one is known here. */
	let since = clock.monotonic();
	const self = clock.random().toString(36);

	function adopt(version: string): void {
		current = version;
		since = clock.monotonic();
		known.push(...past().filter((one) => !known.includes(one)), version);
		known.splice(0, known.length - limits.versions);
	}

	const isKnown = (version: string) => known.includes(version) || known.includes(endOf(version));

	function write(version: string, isOver: boolean): string {
		known.push(read());
		storage.write(pastKey, known.slice(-limits.pastVersions).join("\n"));
		storage.write(key, version);
		stored = read();
		adopt(version);
		channel.broadcast({ version, isOver });
		return version;
	}
	function create(): string {
		count += 1;
		return `${self}.${count}.${clock.random().toString(36)}`;
	}

	return {
		/** The newest version that this tab can know. A storage that goes back tells nothing. */
		current(): string {
			const now = read();
			if (now !== stored) {
				stored = now;
				// Cleared, it tells nothing either.
				if (now && !isKnown(now)) adopt(now);
			}
			return current;
		},
		/** A change begins: the device has a new version, and the other tabs hear of it. */
		begin: (): string => write(create(), false),
		/** The change that began with this version is over. */
		end: (begun: string): string => write(endOf(begun), true),
		/** Something has changed that nobody saw begin. A change that has begun goes on. */
		move(): string {
			const isAlone = this.goesOnFor() === 0;
			return write(isAlone ? endOf(create()) : create(), isAlone);
		},
		/** For how many ms at most a change that has begun may still go on, and is not seen to end where its tab has gone. */
		goesOnFor(): number {
			return isOver(this.current()) ? 0 : Math.max(0, since + limit - clock.monotonic());
		},
		/** Another tab says so. What ends a change that has been heard of first comes after what began it. */
		hear(said: string): void {
			const version = said.slice(0, limits.version);
			if (!isKnown(version)) adopt(version);
		},
	};
}

/** What the version is called once the change is over that began with this one. */
export const endOf = (begun: string): string => `${begun}!`;
/** Whether nothing is being changed, as far as this version tells; the first one is that of a device without any change. */
export const isOver = (version: string): boolean => /^$|!$/.test(version);

export type Version = ReturnType<typeof createVersion>;
