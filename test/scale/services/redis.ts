import { programs } from "./programs.js";
import type { Service, Stage } from "./stage.js";

export interface Redis {
	readonly url: string;
	/** The process that runs now. */
	service(): Service;
	/** Ends it, in good order or at once, and starts it again on the same port, with what it has kept. */
	restart(how?: "at once"): Promise<void>;
}

/** @param keeps every write goes to the append-only file before it is answered; false: memory alone */
export async function startRedis(stage: Stage, { keeps }: { readonly keeps: boolean }): Promise<Redis> {
	const folder = stage.folder(keeps ? "redis" : "redis-in-memory");
	const keep = keeps ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
	const start = (port?: number) =>
		stage.start({
			name: "redis-server",
			path: programs.redis(),
			args: (own) => ["--port", String(own), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...keep],
			ready: /Ready to accept connections/,
			...(port !== undefined && { port }),
		});
	let service = await start();
	const { port } = service;
	return {
		url: `redis://127.0.0.1:${port}`,
		service: () => service,
		async restart(how) {
			await service.stop(how);
			service = await start(port);
		},
	};
}
