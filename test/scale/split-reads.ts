import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import pg from "pg";

/** What an app does that reads from a replica: reads go there, unless they are part of a transaction, or it is told not to. */
export function splitReads(primaryUrl: string, replicaUrl: string) {
	let isSplit = true;
	const [writes, reads] = [primaryUrl, replicaUrl].map((connectionString) => new pg.Pool({ connectionString }));
	if (!writes || !reads) throw new Error("There are two.");
	// A server that ends while a connection is about to be closed says so.
	for (const pool of [writes, reads]) pool.on("error", () => {});
	async function connect(): Promise<PostgresPoolClient> {
		const [writer, reader] = await Promise.all([writes?.connect(), reads?.connect()]);
		let isInTransaction = false;
		const query = (text: string, values: unknown[]) => {
			if (/^begin|^start/i.test(text)) isInTransaction = true;
			else if (/^commit|^rollback$/i.test(text)) isInTransaction = false;
			return (isSplit && !isInTransaction && /^select/i.test(text) ? reader : writer)?.query(text, values);
		};
		const release = () => {
			writer?.release();
			reader?.release();
		};
		// Safe: nothing here streams, which is what the other form of a query is for.
		return { query, release } as unknown as PostgresPoolClient;
	}
	const close = async () => void (await Promise.all([writes.end(), reads.end()]));
	const pool: PostgresPool = { connect, end: close };
	return {
		database: { dialect: new PostgresDialect({ pool }), type: "postgres", transaction: true } as const,
		close,
		/** Whether reads go to the replica from now on: at first they do. */
		split: (is: boolean) => {
			isSplit = is;
		},
	};
}
