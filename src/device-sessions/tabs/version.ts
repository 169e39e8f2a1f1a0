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
	const past = () =>
		(storage.read(pastKey) ?? "")
			.slice(0, limits.pastVersions * limits.version)
			.split("\n")
			.slice(-limits.pastVersions);
	let stored = read();
	let current = stored;
	/** What has been heard of, or has come before that, since when: heard again, or late, it is no news. */
	const known = new Map<string, number>();
	let count = 0;
	const self = clock.random().toString(36);

	function learn(versions: readonly string[], since = clock.monotonic()): void {
		for (const version of versions) if (!known.has(version)) known.set(version, since);
		for (const oldest of known.keys()) if (known.size > limits.versions) known.delete(oldest);
	}
	// How long ago something began that was found here is not known: its tab may have gone long since.
	learn(past(), Number.NEGATIVE_INFINITY);
	learn([current]);

	function adopt(version: string): void {
		current = version;
		learn([...past(), version]);
	}

	const isKnown = (version: string) => known.has(version) || known.has(endOf(version));

	function write(version: string): string {
		learn([read()]);
		storage.write(pastKey, [...known.keys()].slice(-limits.pastVersions).join("\n"));
		storage.write(key, version);
		stored = read();
		adopt(version);
		channel.broadcast({ version, isOver: isOver(version) });
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
		begin: (): string => write(create()),
		/** A change is over, the one that began with this version; or one that nobody saw begin. */
		end: (begun = create()): string => write(endOf(begun)),
		/** For how many ms at most a change that has begun may still go on, and is not seen to end where its tab has gone. */
		goesOnFor(): number {
			this.current();
			let left = 0;
			for (const [begun, since] of known) {
				if (!isOver(begun) && !known.has(endOf(begun))) left = Math.max(left, since + limit - clock.monotonic());
			}
			return left;
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
