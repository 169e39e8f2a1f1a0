import { Redis } from "ioredis";
import pg from "pg";
import type { RealSession } from "../conformance/kit/sides.js";
import type { FarmSetup } from "./auth.js";

/** The sessions of a farm, past its instances. */
export interface Ledger {
	/** Those of people with these email addresses, the oldest first. */
	sessionsOf(emails: readonly string[]): Promise<readonly RealSession[]>;
	end(session: RealSession): Promise<void>;
	expire(session: RealSession, at: Date): Promise<void>;
	close(): Promise<void>;
}

const keyOf = (name: string) => `better-auth:${name}`;

export function openLedger({ databaseUrl = "", redisUrl }: FarmSetup): Ledger {
	const pool = new pg.Pool({ connectionString: databaseUrl });
	// The connections are ended as those of the instances are.
	pool.on("error", () => {});
	return redisUrl ? inRedis(pool, new Redis(redisUrl)) : inPostgres(pool);
}

/** A connection that was ended shows only when it is used: then the next one is. */
async function ask<Row extends pg.QueryResultRow>(pool: pg.Pool, text: string, values: unknown[]): Promise<Row[]> {
	for (let tries = 1; ; tries += 1) {
		try {
			return (await pool.query<Row>(text, values)).rows;
		} catch (error) {
			if (tries === 20) throw error;
		}
	}
}

function inPostgres(pool: pg.Pool): Ledger {
	const text = `select s.id, s.token, s."expiresAt", u.name from session s join "user" u on u.id = s."userId"
		where u.email = any($1) order by s."createdAt"`;
	return {
		sessionsOf: (emails) => ask<pg.QueryResultRow & RealSession>(pool, text, [emails]),
		end: async ({ id }) => void (await ask(pool, "delete from session where id = $1", [id])),
		expire: async ({ id }, at) => void (await ask(pool, 'update session set "expiresAt" = $2 where id = $1', [id, at])),
		close: () => pool.end(),
	};
}

function inRedis(pool: pg.Pool, redis: Redis): Ledger {
	// It is restarted now and then.
	redis.on("error", () => {});
	/** What Better Auth keeps by a token. */
	interface Kept {
		readonly session: { readonly id: string; readonly token: string; readonly expiresAt: string };
		readonly user: { readonly name: string };
	}
	const read = async (key: string) => JSON.parse((await redis.get(keyOf(key))) ?? "null");
	return {
		async sessionsOf(emails) {
			const found: RealSession[] = [];
			const users = await ask<{ id: string }>(pool, 'select id from "user" where email = any($1)', [emails]);
			for (const { id } of users)
				for (const { token } of (await read(`active-sessions-${id}`)) ?? []) {
					const kept: Kept | null = await read(token);
					if (!kept) continue;
					const { session, user } = kept;
					found.push({ id: session.id, token, name: user.name, expiresAt: new Date(session.expiresAt) });
				}
			return found;
		},
		end: async ({ token }) => void (await redis.del(keyOf(token))),
		async expire({ token }, at) {
			const kept: Kept | null = await read(token);
			if (!kept) return;
			const seconds = Math.ceil((at.getTime() - Date.now()) / 1_000);
			// It keeps nothing that has run out.
			if (seconds <= 0) await redis.del(keyOf(token));
			else {
				const value = JSON.stringify({ ...kept, session: { ...kept.session, expiresAt: at } });
				await redis.set(keyOf(token), value, "EX", seconds);
			}
		},
		async close() {
			redis.disconnect();
			await pool.end();
		},
	};
}
