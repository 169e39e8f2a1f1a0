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
	return startOn(stage, data);
}

/** A copy of another one, to read from, that is so many ms behind it. */
export async function startReplica(stage: Stage, { port }: Postgres, behind: number): Promise<Postgres> {
	const owner = unprivileged();
	const data = join(stage.folder("replica", owner), "data");
	const from = ["--host=127.0.0.1", `--port=${port}`, "--username=postgres", "--write-recovery-conf"];
	await stage.run(programs.baseBackup(), [...from, "--pgdata", data, "--checkpoint=fast", "--no-sync"], owner);
	return startOn(stage, data, "-c", `recovery_min_apply_delay=${behind}ms`);
}

async function startOn(stage: Stage, data: string, ...options: string[]): Promise<Postgres> {
	const service = await stage.start({
		name: "postgres",
		path: programs.postgres(),
		args: (port) => ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", ...options],
		ready: /ready to accept (read-only )?connections/,
		owner: unprivileged(),
		// Without waiting for those who are connected; and at once, as after a crash.
		end: "SIGINT",
		kill: "SIGQUIT",
	});
	return { ...service, url: `postgres://postgres@127.0.0.1:${service.port}/postgres` };
}
