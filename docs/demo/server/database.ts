import type { PGlite } from "@electric-sql/pglite";
import {
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type QueryResult,
} from "kysely";

/** Better Auth's way to PGlite: kysely speaks Postgres, PGlite is one, in this process. */
export function pgliteDialect(database: PGlite): Dialect {
	return {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new PGliteDriver(database),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	};
}

class PGliteConnection implements DatabaseConnection {
	release: () => void = () => {};
	readonly #database: PGlite;

	constructor(database: PGlite) {
		this.#database = database;
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const { rows, affectedRows } = await this.#database.query<R>(query.sql, [...query.parameters]);
		return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) };
	}

	streamQuery(): never {
		throw new Error("PGlite does not stream.");
	}
}

class PGliteDriver implements Driver {
	#last: Promise<void> = Promise.resolve();
	readonly #database: PGlite;

	constructor(database: PGlite) {
		this.#database = database;
	}

	async init(): Promise<void> {}

	// PGlite has one connection: whoever asks waits, or else would write into another request's transaction.
	async acquireConnection(): Promise<PGliteConnection> {
		const connection = new PGliteConnection(this.#database);
		const before = this.#last;
		this.#last = new Promise((resolve) => {
			connection.release = resolve;
		});
		await before;
		return connection;
	}

	async releaseConnection(connection: PGliteConnection): Promise<void> {
		connection.release();
	}

	async beginTransaction(): Promise<void> {
		await this.#database.exec("begin");
	}

	async commitTransaction(): Promise<void> {
		await this.#database.exec("commit");
	}

	async rollbackTransaction(): Promise<void> {
		await this.#database.exec("rollback");
	}

	async destroy(): Promise<void> {}
}
