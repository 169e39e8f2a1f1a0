import type { Redis } from "ioredis";

/** Commands that Redis has carried out, those of a script too, but not the script and not the question itself. */
export async function commandsOf(redis: Redis | undefined): Promise<number> {
	const stats = (await redis?.info("commandstats")) ?? "";
	return [...stats.matchAll(/cmdstat_(\w+)(?:\|\w+)?:calls=(\d+)/g)]
		.filter(([, name = ""]) => !["info", "eval", "client"].includes(name))
		.reduce((sum, [, , calls]) => sum + Number(calls), 0);
}
