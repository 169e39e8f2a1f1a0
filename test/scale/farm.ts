import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../docs/demo/server/auth.js";
import { freePort } from "../support/free-port.js";
import { origin } from "../support/real-server.js";
import { type FarmSetup, lagPath, openServers } from "./auth.js";
import { type Nginx, startNginx } from "./services/nginx.js";
import { type Postgres, startReplica } from "./services/postgres.js";
import { type Redis, startRedis } from "./services/redis.js";
import type { Service, Stage } from "./services/stage.js";

/** Where the sessions of a farm are: in Postgres, in a Redis with an append-only file, or in one without. */
export type Sessions = "postgres" | "redis" | "redis in memory";

/** Several instances of one server behind a balancer. */
export interface Farm {
	/** Where the balancer is. */
	readonly url: string;
	readonly setup: FarmSetup;
	readonly redis: Redis | undefined;
	/** Kills one of them, unless it is down already. */
	kill(index: number): Promise<void>;
	/** Whether there is a copy of the database that an instance can lag by. */
	readonly canLag: boolean;
	/** Whether one of them reads from a copy that is 2 s behind. */
	lag(index: number, is: boolean): Promise<void>;
	/** Starts those that are down. */
	startMissing(): Promise<void>;
	/** Ends the connections of all instances to Postgres. */
	dropConnections(): Promise<void>;
	/** Starts all instances again, one after the other, with another setup. */
	become(setup: FarmSetup): Promise<void>;
	close(): Promise<void>;
}

const count = 3;
/** How far the copy is behind, in ms. */
export const behind = 2_000;

/** A farm whose database is empty, with its tables. */
export async function openFarm(stage: Stage, postgres: Postgres, sessions: Sessions): Promise<Farm> {
	const { name, databaseUrl } = await createDatabase(postgres);
	const redis = sessions === "postgres" ? undefined : await startRedis(stage, { keeps: sessions === "redis" });
	let setup: FarmSetup = { databaseUrl, redisUrl: redis?.url };
	await prepare(setup);
	// Sessions that are in Redis are read from there.
	const replica = redis ? undefined : await startReplica(stage, postgres, behind);
	if (replica) setup = { ...setup, replicaUrl: inDatabase(replica, name) };

	const ports: number[] = [];
	while (ports.length < count) ports.push(await freePort());
	const start = (port: number) => startInstance(stage, setup, port);
	const instances = await Promise.all(ports.map(start));
	const nginx: Nginx = await startNginx(stage, ports, new URL(origin).host);

	/** One thing at a time to one instance. */
	const turns = ports.map(() => Promise.resolve());
	function inTurn(index: number, act: () => Promise<void>): Promise<void> {
		const turn = (turns[index] ?? Promise.resolve()).then(act);
		turns[index] = turn.catch(() => {});
		return turn;
	}
	const startAt = (index: number) =>
		inTurn(index, async () => {
			const [instance, port] = [instances[index], ports[index]];
			if (port !== undefined && !instance?.isRunning()) instances[index] = await start(port);
		});
	const stopAt = (index: number, how?: "at once") => inTurn(index, async () => instances[index]?.stop(how));
	const each = async (act: (index: number) => Promise<void>) => void (await Promise.all(ports.map((_, at) => act(at))));
	return {
		url: nginx.url,
		get setup() {
			return setup;
		},
		redis,
		kill: (index) => stopAt(index % count, "at once"),
		canLag: replica !== undefined,
		async lag(index, is) {
			// One that is down, or goes down now, does not lag once it is up again.
			await fetch(`http://127.0.0.1:${ports[index % count]}${lagPath}?${is ? "yes" : "no"}`).catch(() => {});
		},
		startMissing: () => each(startAt),
		dropConnections: () =>
			query(postgres.url, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
		async become(next) {
			setup = next;
			await prepare(setup);
			for (const index of ports.keys()) {
				await stopAt(index);
				await startAt(index);
			}
		},
		async close() {
			await nginx.stop();
			await each((index) => stopAt(index));
			await redis?.service().stop();
			await replica?.stop();
		},
	};
}

/** An empty database of its own. */
export async function createDatabase(postgres: Postgres) {
	const name = `farm_${await freePort()}`;
	await query(postgres.url, `create database ${name}`);
	return { name, databaseUrl: inDatabase(postgres, name) };
}

const inDatabase = ({ url }: Postgres, name: string): string => url.replace(/\/postgres$/, `/${name}`);

/** A process of the server. */
export const startInstance = (stage: Stage, setup: FarmSetup, port: number): Promise<Service> =>
	stage.start({
		name: "instance",
		path: process.execPath,
		args: () => ["--import", import.meta.resolve("tsx"), join(import.meta.dirname, "instance.ts")],
		ready: /listening/,
		port,
		env: { SCALE_SETUP: JSON.stringify({ ...setup, port }) },
	});

/** Migrations run once, before the instances. */
export async function prepare(setup: FarmSetup): Promise<void> {
	const servers = await openServers(setup);
	await migrate(servers.of());
	await servers.close();
}

async function query(url: string, text: string): Promise<void> {
	const client = new pg.Client(url);
	await client.connect();
	try {
		await client.query(text);
	} finally {
		await client.end();
	}
}
