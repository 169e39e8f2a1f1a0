import { expect, test } from "vitest";
import type { Plant } from "./device.js";
import { lagging, type Storage, withStorage } from "./plants-of-the-page.js";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";

const runs = 40;
/** How often a storage does so: one that is new at every look would have the pages read for good. */
const most = 5;

/** A storage whose owner does something each so many times that it is used. */
const every = (count: number, run: (storage: Storage, written: Map<string, string>) => void): Plant => {
	const written = new Map<string, string>();
	let used = 0;
	return {
		page: (page) =>
			withStorage(page, (storage) => {
				const use = () => {
					used += 1;
					if (used % count === 0 && used <= most * count) run(storage, written);
				};
				return {
					getItem(name) {
						use();
						return storage.getItem(name);
					},
					setItem(name, text) {
						if (!written.has(name)) written.set(name, text);
						storage.setItem(name, text);
						use();
					},
				};
			}),
	};
};

const full = () => {
	throw new DOMException("full", "QuotaExceededError");
};
const everywhere = (written: Map<string, string>, change: (name: string) => string, { setItem }: Storage) => {
	for (const name of written.keys()) setItem(name, change(name));
};
let moment = 0;

/** What happens to the storage that the tabs of a device share. The locks and the messages of the tabs are as ever. */
const storages: readonly (readonly [string, () => Plant])[] = [
	["lags behind locks and messages, as Chromium's does", () => ({ page: lagging })],
	["is full", () => ({ page: (page) => withStorage(page, () => ({ setItem: full })) })],
	["is forbidden", () => ({ page: (page) => withStorage(page, () => ({ getItem: full, setItem: full })) })],
	[
		"is full now and then",
		() => ({
			page: (page) =>
				withStorage(page, ({ setItem }) => ({
					setItem(name, text) {
						moment += 1;
						if (moment % 3 === 0) full();
						setItem(name, text);
					},
				})),
		}),
	],
	// The kit's storage cannot be emptied: an empty text is falsy, as what a cleared one gives is.
	["is cleared at any moment", () => every(7, (storage, written) => everywhere(written, () => "", storage))],
	[
		"says something that nobody has written",
		() =>
			every(11, (storage, written) => {
				moment += 1;
				everywhere(written, () => `\u0000{"garbage": ${moment}}\n`, storage);
			}),
	],
	[
		"says something huge",
		() =>
			every(23, (storage, written) => {
				moment += 1;
				everywhere(written, () => `${moment} ${"x".repeat(100_000)}`, storage);
			}),
	],
	[
		"goes back to what it said first",
		() => every(5, (storage, written) => everywhere(written, (name) => written.get(name) ?? "", storage)),
	],
];

test.each(storages)(
	`${runs} runs break no invariant where the storage %s`,
	async (_, create) => {
		const found: string[] = [];
		for (let seed = 1; seed <= runs; seed += 1) {
			const { violations } = await simulate(draw(seed, seed % 2 === 0), create());
			if (violations.length > 0) found.push(`seed ${seed}: ${violations.join("; ")}`);
		}
		expect(found).toEqual([]);
	},
	240_000,
);
