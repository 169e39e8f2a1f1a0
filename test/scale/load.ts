/**
 * `node --import tsx test/scale/load.ts --operations 400 --at-once 10 --sessions postgres,redis,both`: what an operation
 * costs one instance, while there are 10, 100 and 1,000 devices with five accounts each. CPU time, not what a clock says.
 * Devices send what a store sends, which a real store shows first.
 */
import { setTimeout as later } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { spread } from "../bench/measure.js";
import { freePort } from "../support/free-port.js";
import { until } from "../support/open-store.js";
import { type FarmSetup, openServers, toHeader } from "./auth.js";
import { assertSent, commands, isOperation, type Operation, requestsOf } from "./commands.js";
import { openDevice } from "./device.js";
import { createDatabase, prepare, startInstance } from "./farm.js";
import { openLedger } from "./ledger.js";
import { accounts, createDevice, type LoadDevice, rules } from "./load-devices.js";
import { type Counts, type Kept, keptBy, onPaper } from "./on-paper.js";
import { timePrune } from "./prune.js";
import { startPostgres } from "./services/postgres.js";
import { startRedis } from "./services/redis.js";
import { openStage } from "./services/stage.js";
import { through } from "./through.js";
import { combine, lookAt, nothing, type Spent } from "./usage.js";

const { values } = parseArgs({
	options: {
		operations: { type: "string", default: "400" },
		"at-once": { type: "string", default: "10" },
		sessions: { type: "string", default: "postgres,redis,both" },
	},
});
const [operations, atOnce] = [Number(values.operations), Number(values["at-once"])];
/** Last some of many: what has changed with time alone. */
const sizes = [10, 100, 1_000] as const;
const began = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${line}`);

/** Works through all of them, so many at once. */
async function each<T>(all: readonly T[], count: number, act: (one: T) => Promise<void>): Promise<void> {
	const waiting = all.values();
	const work = async () => {
		for (const one of waiting) await act(one);
	};
	await Promise.all(Array.from({ length: count }, work));
}

/** A real store sends what the devices below will send. */
async function checkStore(setup: FarmSetup, url: string): Promise<void> {
	const ledger = openLedger(setup);
	const people = ["Ada", "Bob", "Cy", "Dee"];
	const device = openDevice({ reach: through(url, 0), number: 0, rules, ledger, people });
	for (const name of people) await device.signIn(name);
	const tab = device.openTab();
	tab.store.subscribe(() => {});
	await until(tab.store, ({ isPending }) => !isPending);
	for (const [name, act] of commands.filter(([name]) => isOperation(name))) {
		device.requests.length = 0;
		await act(tab);
		// The check of a switch comes behind its answer.
		await later(1_500);
		assertSent(name, device.requests);
	}
	await tab.store.destroy();
	await ledger.close();
}

/** So often each operation is measured, in turn: what differs between them is not due to the devices. */
const rounds = 4;
// Safe: the keys of an object that is written down.
const names = Object.keys(requestsOf) as Operation[];

interface Figures {
	/** Of one operation. */
	readonly spent: Spent;
	/** Operations a second: of this machine, which the generator, Postgres and Redis use too. */
	readonly perSecond: number;
}

/** @param count how many operations, of one device after the other */
async function measure(
	operation: Operation,
	devices: readonly LoadDevice[],
	count: number,
	look: () => Promise<Spent>,
): Promise<Figures> {
	let [done, ms] = [0, 0];
	let spent = nothing;
	while (done < count) {
		// Nobody is signed out twice before the device is as it was.
		const some = devices.slice(0, count - done);
		const before = await look();
		const start = performance.now();
		await each(some, atOnce, (device) => device.send(operation));
		ms += performance.now() - start;
		const after = await look();
		spent = combine(
			spent,
			combine(after, before, (a, b) => a - b),
			(a, b) => a + b,
		);
		await each(some, atOnce, (device) => device.restore());
		done += some.length;
	}
	return { spent: combine(spent, nothing, (sum) => sum / count), perSecond: (count * 1_000) / ms };
}

const median = (all: readonly number[]) => spread(all).median;

function toLine(name: string, operation: Operation, size: number | string, all: readonly Figures[]): string {
	const of = (key: keyof Spent) => all.map(({ spent }) => spent[key]);
	const server = of("server");
	const counts = [median(of("statements")), median(of("commands"))].map((count) => count.toFixed(1));
	const range = `${Math.min(...server).toFixed(1)} to ${Math.max(...server).toFixed(1)}`;
	// The clock of Postgres is too coarse for one round.
	const mean = of("postgres").reduce((sum, ms) => sum + ms, 0) / rounds;
	const others = [mean, median(of("redis")), median(of("generator"))].map((ms) => ms.toFixed(2));
	const perSecond = Math.round(median(all.map((one) => one.perSecond)));
	const cells = [name, operation, size.toLocaleString("en"), requestsOf[operation].length, ...counts];
	return `| ${[...cells, `${median(server).toFixed(1)} (${range})`, ...others, perSecond].join(" | ")} |`;
}

const stage = await openStage();
try {
	const postgres = await startPostgres(stage);
	/** Everything of one place for sessions. */
	async function run(name: string, setup: FarmSetup, isFirst: boolean): Promise<readonly string[]> {
		await prepare(setup);
		const port = await freePort();
		const instance = await startInstance(stage, setup, port);
		const url = `http://127.0.0.1:${port}`;
		if (isFirst) {
			await checkStore(setup, url);
			say("a real store sends what is sent here");
		}
		const redis = setup.redisUrl ? new Redis(setup.redisUrl) : undefined;
		const look = () => lookAt({ url, postgres: postgres.pid, redis });
		const servers = await openServers(setup);
		const devices: LoadDevice[] = [];
		const lines: string[] = [];
		const counted: Partial<Record<Operation, Counts>> = {};
		let kept: Kept | undefined;
		const grow = async (size: number) => {
			const numbers = Array.from({ length: size - devices.length }, (_, index) => devices.length + index + 1);
			await each(numbers, atOnce, async (number) => {
				devices.push(await createDevice(servers.of(toHeader(rules)), url, number));
			});
		};
		let turn = 0;
		/** The devices from where it was left off, so that all of them take part. */
		const inTurn = (count: number, some: readonly LoadDevice[]) => {
			const from = turn % some.length;
			turn += count;
			return [...some.slice(from), ...some.slice(0, from)];
		};
		const count = Math.ceil(operations / rounds);
		for (const size of [...sizes, "10 of 1,000"] as const) {
			if (size !== "10 of 1,000") await grow(size);
			say(`${name}: ${devices.length} devices are signed in`);
			const some = size === "10 of 1,000" ? devices.slice(0, 10) : devices;
			kept = await keptBy(setup, redis, devices[0]);
			// What the engine has to learn first is not counted.
			if (size === sizes[0]) for (const operation of names) await measure(operation, devices, operations, look);
			const figures = new Map(names.map((operation) => [operation, [] as Figures[]]));
			for (let round = 0; round < rounds; round += 1)
				for (const [operation, all] of figures) all.push(await measure(operation, inTurn(count, some), count, look));
			for (const [operation, all] of figures) {
				const of = (key: keyof Counts) => median(all.map(({ spent }) => spent[key]));
				if (some === devices) counted[operation] = { statements: of("statements"), commands: of("commands") };
				lines.push(toLine(name, operation, size, all));
				say(lines.at(-1) ?? "");
			}
		}
		if (kept) lines.push(...onPaper(name, kept, counted));
		redis?.disconnect();
		await servers.close();
		await instance.stop();
		if (!redis) {
			const { rows, without, withIndex } = await timePrune(setup.databaseUrl);
			lines.push(`counts that have run out, among ${rows} rows: ${without} ms, with an index ${withIndex} ms`);
		}
		return lines;
	}

	const wanted = values.sessions.split(",");
	const results: string[] = [];
	for (const place of wanted) {
		const setup: FarmSetup = {
			...(await createDatabase(postgres)),
			...(place !== "postgres" && { redisUrl: (await startRedis(stage, { keeps: true })).url }),
			...(place === "both" && { storeSessionInDatabase: true }),
		};
		const name = { postgres: "Postgres", redis: "Redis", both: "Redis and Postgres" }[place];
		if (!name) throw new Error(`Sessions are in postgres, redis or both: not in ${place}.`);
		results.push(...(await run(name, setup, place === wanted[0])));
	}
	console.log(
		`${rounds} rounds of ${Math.ceil(operations / rounds)} operations a line, ${atOnce} at once, ${accounts} accounts a device:`,
	);
	const times = ["server", "Postgres", "Redis", "generator"].map((who) => `${who}: CPU ms`);
	const heads = ["sessions in", "operation", "devices", "requests", "SQL", "Redis", ...times, "operations a second"];
	console.log(`| ${heads.join(" | ")} |\n|${" --- |".repeat(heads.length)}`);
	for (const line of results) console.log(line);
	say("done");
} finally {
	await stage.close();
}
