import type { Redis } from "ioredis";
import pg from "pg";
import type { FarmSetup } from "./auth.js";
import type { Operation } from "./commands.js";
import type { LoadDevice } from "./load-devices.js";
import type { Spent } from "./usage.js";

/** What is kept for one device. */
export interface Kept {
	/** Rows of each table. */
	readonly rows: ReadonlyMap<string, number>;
	/** Bytes of Redis, and of how many keys. */
	readonly bytes: number;
	readonly keys: number;
}

/** What an operation costs. */
export type Counts = Pick<Spent, "statements" | "commands">;

/** Counted before the device has asked for anything: how often it has asked is kept beside, for a while. */
export async function keptBy(
	{ databaseUrl }: FarmSetup,
	redis: Redis | undefined,
	device: LoadDevice | undefined,
): Promise<Kept> {
	const { accounts = [] } = device ?? {};
	const users = accounts.map(({ userId }) => userId);
	const client = new pg.Client(databaseUrl);
	await client.connect();
	const rows = new Map<string, number>();
	const { rows: tables } = await client.query<{ name: string }>(
		`select table_name as name from information_schema.columns
			where table_schema = 'public' and column_name = 'userId' order by 1`,
	);
	for (const { name } of tables) {
		const counted = await client.query<{ count: string }>(`select count(*) from "${name}" where "userId" = any($1)`, [
			users,
		]);
		rows.set(name, Number(counted.rows[0]?.count));
	}
	await client.end();
	rows.set("user", users.length);
	const names = accounts.flatMap(({ userId, token }) => [token, `active-sessions-${userId}`]);
	const sizes = await Promise.all(
		names.map(async (name) => Number((await redis?.memory("USAGE", `better-auth:${name}`)) ?? 0)),
	);
	return { rows, bytes: sizes.reduce((sum, size) => sum + size, 0), keys: sizes.filter((size) => size > 0).length };
}

/** How many people there might be, and what each device does in a day of so many seconds. */
const day = { devices: 1_000_000, reads: 10, switches: 5, seconds: 8 * 3_600 };

/** Arithmetic: what one device costs, times a million. */
export function onPaper(
	name: string,
	{ rows, bytes, keys }: Kept,
	counted: Partial<Record<Operation, Counts>>,
): readonly string[] {
	const { devices, reads, switches, seconds } = day;
	const rate = (of: (counts: Counts) => number) => {
		const [read, change] = [counted["a read"], counted["a switch"]].map((one) => (one ? of(one) : 0));
		return Math.round((devices * (reads * (read ?? 0) + switches * (change ?? 0))) / seconds).toLocaleString("en");
	};
	const tables = [...rows].map(([table, count]) => `${table} ${(count * devices).toLocaleString("en")}`);
	return [
		`on paper, ${devices.toLocaleString("en")} devices, sessions in ${name}: ${rate(() => 2)} requests, ${rate(
			(one) => one.statements,
		)} statements of SQL and ${rate((one) => one.commands)} commands of Redis a second on average`,
		`on paper, rows of Postgres: ${tables.join(", ")}`,
		...(keys > 0
			? [`on paper, Redis: ${keys} keys of ${bytes} bytes for a device, ${(bytes * devices) / 1e9} GB`]
			: []),
	];
}
