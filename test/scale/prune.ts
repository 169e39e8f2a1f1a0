import { randomUUID } from "node:crypto";
import pg from "pg";

/** Requests of a minute at 1,042 a second, each of another address or path: Better Auth keeps their rows that long. */
const rows = 62_500;
const times = 30;

/**
 * What it takes Postgres to look for counts that have run out, and to find none, in ms: the lowest of 30. With its rate
 * limit in the database Better Auth does so whenever an address asks again after its window.
 */
export async function timePrune(databaseUrl: string | undefined) {
	const client = new pg.Client(databaseUrl);
	await client.connect();
	const time = async (): Promise<number> => {
		const all: number[] = [];
		while (all.length < times) {
			const text = 'explain (analyze, format json) delete from "rateLimit" where "lastRequest" < 0';
			const [row] = (await client.query<{ "QUERY PLAN": [{ "Execution Time": number }] }>(text)).rows;
			all.push(row?.["QUERY PLAN"][0]["Execution Time"] ?? Number.NaN);
		}
		return Math.min(...all);
	};
	try {
		await client.query('delete from "rateLimit"');
		const fill = `insert into "rateLimit" (id, key, count, "lastRequest")
			select $1 || i, '10.0.0.' || i || '|/get-session', 1, $2::bigint from generate_series(1, ${rows}) i`;
		await client.query(fill, [randomUUID(), Date.now()]);
		await client.query('vacuum analyze "rateLimit"');
		const without = await time();
		await client.query('create index on "rateLimit" ("lastRequest")');
		return { rows, without, withIndex: await time() };
	} finally {
		await client.end();
	}
}
