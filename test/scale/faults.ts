import { setTimeout as later } from "node:timers/promises";
import type { Farm } from "./farm.js";

export const faultKinds = [
	"an instance is killed",
	"Redis is restarted",
	"the connections to Postgres drop",
	"an instance lags",
] as const;
export type Fault = (typeof faultKinds)[number];

/** How long it takes at most until they have dropped, in ms. */
const ofDrop = 1_000;

/** What happens to a farm while devices use it. */
export function createFaults(farm: Farm) {
	const counts = new Map<Fault, number>();
	const drops: number[] = [];
	const underWay = new Set<Promise<unknown>>();
	let redis = Promise.resolve();

	/** @param number which instance, for how long, and whether in good order */
	function befall(drawn: Fault, number: number): void {
		const fault = possible(drawn);
		if (fault === "the connections to Postgres drop") drops.push(Date.now());
		counts.set(fault, (counts.get(fault) ?? 0) + 1);
		const done = happen(fault, number);
		underWay.add(done);
		void done.finally(() => underWay.delete(done));
	}

	function possible(drawn: Fault): Fault {
		if (drawn === "Redis is restarted" && !farm.redis) return "the connections to Postgres drop";
		return drawn === "an instance lags" && !farm.canLag ? "an instance is killed" : drawn;
	}

	async function happen(fault: Fault, number: number): Promise<void> {
		if (fault === "the connections to Postgres drop") return farm.dropConnections();
		if (fault === "Redis is restarted") {
			redis = redis.then(() => farm.redis?.restart(number % 2 ? "at once" : undefined));
			return redis;
		}
		if (fault === "an instance lags") {
			await farm.lag(number, true);
			await later(1_000 + (number % 2_000));
			return farm.lag(number, false);
		}
		await farm.kill(number);
		// While it is down the others take its part; that it is, the balancer has to find out.
		await later(number % 1_000);
		await farm.startMissing();
	}

	return {
		befall,
		counts,
		/** Whether connections to Postgres have dropped, or may have, between these two moments. */
		hasDropped: (from: number, to: number) => drops.some((at) => at <= to && at + ofDrop >= from),
		/** Resolves when everything runs again. */
		async heal(): Promise<void> {
			while (underWay.size > 0) await Promise.all(underWay);
			await farm.startMissing();
		},
	};
}

export type Faults = ReturnType<typeof createFaults>;
