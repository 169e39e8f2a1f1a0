import pg from "pg";

let count = 0;
const query = pg.Client.prototype.query;
// Safe: it is the same function, counted.
pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
	count += 1;
	return query.apply(this, args);
} as typeof query;

/** How many statements of SQL this process has sent. */
export const statements = (): number => count;
