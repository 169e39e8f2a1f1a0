import { readdirSync, readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { commandsOf } from "./count-commands.js";

/** Where an instance says what it has used, past the server that it is. */
export const usagePath = "/usage";

/** What an instance has used since it began. */
export interface Usage {
	/** The process's own time, in ms. */
	readonly cpu: number;
	/** Statements of SQL. */
	readonly statements: number;
}

/** Everything that is counted, for an operation or since the beginning: times are CPU time in ms. */
export interface Spent {
	readonly server: number;
	readonly postgres: number;
	readonly redis: number;
	readonly generator: number;
	readonly statements: number;
	readonly commands: number;
}

export const nothing: Spent = { server: 0, postgres: 0, redis: 0, generator: 0, statements: 0, commands: 0 };

export const combine = (one: Spent, other: Spent, how: (a: number, b: number) => number): Spent => ({
	server: how(one.server, other.server),
	postgres: how(one.postgres, other.postgres),
	redis: how(one.redis, other.redis),
	generator: how(one.generator, other.generator),
	statements: how(one.statements, other.statements),
	commands: how(one.commands, other.commands),
});

interface Observed {
	/** The instance. */
	readonly url: string;
	/** The process of Postgres that starts the others. */
	readonly postgres: number;
	readonly redis: Redis | undefined;
}

export async function lookAt({ url, postgres, redis }: Observed): Promise<Spent> {
	// Safe: instance.ts writes it.
	const { cpu: server, statements } = (await (await fetch(url + usagePath)).json()) as Usage;
	const { user, system } = process.cpuUsage();
	return {
		server,
		postgres: timeOf(postgres),
		redis: await timeOfRedis(redis),
		generator: (user + system) / 1_000,
		statements,
		commands: await commandsOf(redis),
	};
}

async function timeOfRedis(redis: Redis | undefined): Promise<number> {
	const info = await redis?.info("cpu");
	const parts = [...(info ?? "").matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)];
	return parts.reduce((sum, [, seconds]) => sum + Number(seconds) * 1_000, 0);
}

/** A process, with those that it has started and those that have ended; Linux counts in steps of 10 ms. */
function timeOf(parent: number): number {
	let ticks = 0;
	for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
		const [ppid, user = 0, system = 0, endedUser = 0, endedSystem = 0] = statOf(pid);
		if (Number(pid) === parent) ticks += user + system + endedUser + endedSystem;
		else if (ppid === parent) ticks += user + system;
	}
	return ticks * 10;
}

function statOf(pid: string): number[] {
	try {
		// The name comes before, in brackets, and may hold spaces.
		const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) (?=\S )/);
		const fields = rest.split(" ").map(Number);
		return [1, 11, 12, 13, 14].map((at) => fields[at] ?? 0);
	} catch {
		return []; // It has ended meanwhile.
	}
}
