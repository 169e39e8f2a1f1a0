import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { programs } from "./programs.js";
import type { Service, Stage } from "./stage.js";

export interface Nginx extends Service {
	readonly url: string;
}

/**
 * A balancer before instances on these ports. It hands `X-Forwarded-For` on as it came: in a test each device says for
 * itself where it is. A request that an instance has taken and not answered is never sent to another one.
 *
 * @param host what the instances see as the host that was asked for
 */
export async function startNginx(stage: Stage, ports: readonly number[], host: string): Promise<Nginx> {
	const folder = stage.folder("nginx");
	const conf = join(folder, "nginx.conf");
	const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
		(one) => `${one}_temp_path ${folder}/${one};`,
	);
	const configure = (port: number) => `
daemon off;
pid ${folder}/pid;
error_log stderr notice;
worker_processes 1;
events { worker_connections 512; }
http {
	access_log off;
	${folders.join(" ")}
	upstream instances {
		${ports.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join(" ")}
		keepalive 32;
	}
	server {
		listen 127.0.0.1:${port};
		location / {
			proxy_pass http://instances;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Host ${host};
			proxy_connect_timeout 1s;
			proxy_read_timeout 8s;
		}
	}
}
`;
	const service = await stage.start({
		name: "nginx",
		path: programs.nginx(),
		args(port) {
			writeFileSync(conf, configure(port));
			return ["-p", folder, "-e", "stderr", "-c", conf];
		},
		ready: /start worker process \d/,
		// Its worker would outlive it if it were killed; so told, it waits for nobody.
		kill: "SIGTERM",
	});
	return { ...service, url: `http://127.0.0.1:${service.port}` };
}
