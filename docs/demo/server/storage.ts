import { redisStorage } from "@better-auth/redis-storage";
import type { BetterAuthOptions } from "better-auth";
import { Redis } from "ioredis";
import { PostgresDialect } from "kysely";
import pg from "pg";

/** Where a server that has grown keeps what its instances share. */
export interface Addresses {
	/** A Postgres: users, and sessions where there is no Redis. */
	readonly databaseUrl?: string | undefined;
	/** A Redis: sessions, and how often each address has asked. */
	readonly redisUrl?: string | undefined;
}

interface Database {
	readonly database: NonNullable<BetterAuthOptions["database"]>;
	close(): Promise<void>;
}

/** As much of Better Auth's options as says where everything is kept, and how to close it. */
export interface Storage extends Database {
	readonly secondaryStorage?: NonNullable<BetterAuthOptions["secondaryStorage"]>;
	/** Where it is counted how often each address has asked; undefined: in this process. */
	readonly counts?: "database" | "secondary-storage";
}

/** A connection that drops is made again with the next query. Without a listener it would end the process. */
const dropped = (error: Error) => console.warn(`A connection was lost: ${error.message}`);

function openPostgres(url: string): Database {
	const pool = new pg.Pool({ connectionString: url });
	pool.on("error", dropped);
	return {
		database: { dialect: new PostgresDialect({ pool }), type: "postgres", transaction: true },
		close: () => pool.end(),
	};
}

/** Better Auth's own ways to Postgres and Redis; without a Postgres, to what `openEmbedded` opens. */
export async function openStorage(
	{ databaseUrl, redisUrl }: Addresses,
	openEmbedded: () => Promise<Database>,
): Promise<Storage> {
	const postgres = databaseUrl ? openPostgres(databaseUrl) : await openEmbedded();
	if (!redisUrl) return databaseUrl ? { ...postgres, counts: "database" } : postgres;
	const client = new Redis(redisUrl);
	client.on("error", dropped);
	return {
		...postgres,
		secondaryStorage: redisStorage({ client }),
		counts: "secondary-storage",
		async close() {
			client.disconnect();
			await postgres.close();
		},
	};
}
