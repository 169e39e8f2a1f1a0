import { join } from "node:path";
import { programs } from "./programs.js";
import { type Service, type Stage, unprivileged } from "./stage.js";

export interface Postgres extends Service {
	readonly url: string;
}

/** A Postgres of its own: an empty database, reached by this machine alone. */
export async function startPostgres(stage: Stage): Promise<Postgres> {
	const owner = unprivileged();
	const data = join(stage.folder("postgres", owner), "data");
	const setUp = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
	await stage.run(programs.initdb(), ["--pgdata", data, ...setUp], owner);
	const service = await stage.start({
		name: "postgres",
		path: programs.postgres(),
		args: (port) => ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", ""],
		ready: /ready to accept connections/,
		owner,
		// Without waiting for those who are connected; and at once, as after a crash.
		end: "SIGINT",
		kill: "SIGQUIT",
	});
	return { ...service, url: `postgres://postgres@127.0.0.1:${service.port}/postgres` };
}
