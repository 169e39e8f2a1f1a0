/**
 * `node --import tsx test/scale/figures.ts`: what each command of the store costs a server that has grown: requests,
 * statements of SQL and commands of Redis, as a table. The rate limit counts in the same places.
 */
import { setTimeout as later } from "node:timers/promises";
import { Redis } from "ioredis";
import { migrate } from "../../docs/demo/server/auth.js";
import { until } from "../support/open-store.js";
import { type FarmSetup, openServers, type Rules, toHeader } from "./auth.js";
import { assertSent, commands } from "./commands.js";
import { commandsOf } from "./count-commands.js";
import { statements } from "./count-statements.js";
import { openDevice } from "./device.js";
import { openLedger } from "./ledger.js";
import { startPostgres } from "./services/postgres.js";
import { startRedis } from "./services/redis.js";
import { openStage } from "./services/stage.js";

const people = ["Ada", "Bob", "Cy", "Dee"];
const rules = { maximumSessions: 5, max: 1_000 };
async function measure(setup: FarmSetup): Promise<Map<string, string>> {
	const servers = await openServers(setup);
	await migrate(servers.of());
	const ledger = openLedger(setup);
	const redis = setup.redisUrl ? new Redis(setup.redisUrl) : undefined;
	const reach = (own: Rules) => (request: Request) => {
		const headers = new Headers(request.headers);
		headers.set("x-forwarded-for", "10.0.0.1");
		return servers.of(toHeader(own)).handler(new Request(request, { headers }));
	};
	const device = openDevice({ reach, number: 1, rules, ledger, people });
	const figures = new Map<string, string>();
	async function count(name: string, act: () => Promise<unknown>): Promise<void> {
		const [sql, asked] = [statements(), await commandsOf(redis)];
		device.requests.length = 0;
		await act();
		// The check of a switch comes behind its answer.
		await later(1_500);
		assertSent(name, device.requests);
		const counted = [device.requests.length, statements() - sql, (await commandsOf(redis)) - asked];
		figures.set(name, counted.join(" | "));
	}

	for (const name of people) await device.signIn(name);
	const tab = device.openTab();
	await count("a page opens", async () => {
		tab.store.subscribe(() => {});
		await until(tab.store, ({ isPending }) => !isPending);
	});
	for (const [name, act] of commands) await count(name, () => act(tab));
	await tab.store.destroy();
	redis?.disconnect();
	await ledger.close();
	await servers.close();
	return figures;
}

const stage = await openStage();
try {
	const postgres = await startPostgres(stage);
	const redis = await startRedis(stage, { keeps: true });
	const both = { databaseUrl: postgres.url, redisUrl: redis.url };
	const setups: [string, FarmSetup][] = [
		["Postgres", { databaseUrl: postgres.url }],
		["Postgres, cookie cache", { databaseUrl: postgres.url, cookieCache: true }],
		["Redis", both],
		["Redis and Postgres", { ...both, storeSessionInDatabase: true }],
	];
	for (const [name, setup] of setups) {
		console.log(`| sessions in ${name} | requests | SQL | Redis |\n| --- | --- | --- | --- |`);
		for (const [what, figures] of await measure(setup)) console.log(`| ${what} | ${figures} |`);
	}
} finally {
	await stage.close();
}
