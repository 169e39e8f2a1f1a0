import { setTimeout as later } from "node:timers/promises";
import type { Farm } from "./farm.js";

export const faultKinds = ["an instance is killed", "Redis is restarted", "the connections to Postgres drop"] as const;
export type Fault = (typeof faultKinds)[number];

/** What happens to a farm while devices use it. */
export function createFaults(farm: Farm) {
	const counts = new Map<Fault, number>();
	const underWay = new Set<Promise<unknown>>();
	let redis = Promise.resolve();

	/** @param number which instance, for how long, and whether in good order */
	function befall(drawn: Fault, number: number): void {
		const fault = drawn === "Redis is restarted" && !farm.redis ? "the connections to Postgres drop" : drawn;
		counts.set(fault, (counts.get(fault) ?? 0) + 1);
		const done = happen(fault, number);
		underWay.add(done);
		void done.finally(() => underWay.delete(done));
	}

	async function happen(fault: Fault, number: number): Promise<void> {
		if (fault === "the connections to Postgres drop") return farm.dropConnections();
		if (fault === "Redis is restarted") {
			redis = redis.then(() => farm.redis?.restart(number % 2 ? "at once" : undefined));
			return redis;
		}
		await farm.kill(number);
		// While it is down the others take its part; that it is, the balancer has to find out.
		await later(number % 1_000);
		await farm.startMissing();
	}

	return {
		befall,
		counts,
		/** Resolves when everything runs again. */
		async heal(): Promise<void> {
			while (underWay.size > 0) await Promise.all(underWay);
			await farm.startMissing();
		},
	};
}

export type Faults = ReturnType<typeof createFaults>;
