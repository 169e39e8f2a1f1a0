import { deepStrictEqual } from "node:assert";
import { compareSides } from "../conformance/kit/sequences.js";
import { openReal, type Real } from "../conformance/kit/sides.js";
import { people, type Start } from "../conformance/kit/start.js";
import type { Farm } from "./farm.js";
import { openLedger } from "./ledger.js";
import { through } from "./through.js";

/** Random sequences of commands on the testing kit and on a farm, which have to give the same. */
export async function compareWithKit(farm: Farm, runs: number, seed: number, told: (done: number) => void) {
	const ledger = openLedger(farm.setup);
	let devices = 1 << 20;
	async function open({ maximumSessions }: Start): Promise<Real> {
		devices += 1;
		const own = devices;
		const emailOf = (name: string) => `${name.toLowerCase()}.${own}@example.com`;
		return {
			handler: through(farm.url, own)({ maximumSessions, max: 1_000 }),
			emailOf,
			sessions: () => ledger.sessionsOf(people.map(emailOf)),
			end: ledger.end,
			expire: ledger.expire,
		};
	}
	try {
		await compareSides(runs, seed, deepStrictEqual, told, (start) => openReal(start, open));
	} finally {
		await ledger.close();
	}
}
