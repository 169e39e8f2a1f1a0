import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack, root } from "../package/pack.js";
import { freePort } from "../support/free-port.js";
import { run } from "../support/run-command.js";
import type { Example } from "./examples.js";

export interface Running {
	readonly url: string;
	/** What its server has printed. */
	output(): string;
	close(): void;
}

const telemetry = { NEXT_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };

/** Copies an example, installs it with the packed package, type-checks it, builds it and starts it. */
export async function startExample({ name }: Example, say: (line: string) => void): Promise<Running> {
	const { folder, tarball } = pack();
	const project = join(folder, name);
	const port = String(await freePort());
	const url = `http://localhost:${port}`;
	// Some are told at the build already where they will be.
	const env = { ...process.env, ...telemetry, PORT: port, BETTER_AUTH_URL: url };
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		const isOwn = (path: string) => !/\/(node_modules|dist|\.next|\.nuxt|\.output|\.svelte-kit|\.astro)$/.test(path);
		cpSync(join(root, "docs/examples", name), project, { recursive: true, filter: isOwn });
		const path = join(project, "package.json");
		const manifest = JSON.parse(readFileSync(path, "utf8"));
		manifest.dependencies["device-sessions"] = `file:${tarball}`;
		writeFileSync(path, JSON.stringify(manifest));
		for (const args of [
			["install", "--no-audit", "--no-fund", "--prefer-offline"],
			["run", "types"],
			["run", "build"],
		]) {
			say(`npm ${args.join(" ")}`);
			const { code, output } = await run("npm", args, project, 6, env);
			if (code !== 0) throw new Error(`npm ${args.join(" ")}: ${code ?? "took too long"}\n${output.slice(-5_000)}`);
		}
		say("npm start");
		return await start(project, url, env, remove);
	} catch (error) {
		remove();
		throw error;
	}
}

async function start(project: string, url: string, env: NodeJS.ProcessEnv, remove: () => void): Promise<Running> {
	const server = spawn("npm", ["start"], {
		cwd: project,
		env,
		stdio: ["ignore", "pipe", "pipe"],
		detached: true,
	});
	let output = "";
	for (const stream of [server.stdout, server.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	const close = () => {
		if (server.pid && server.exitCode === null) process.kill(-server.pid);
		remove();
	};
	const ended = new Promise<never>((_, reject) => {
		server.once("exit", () => reject(new Error(`npm start has ended: ${output}`)));
		setTimeout(() => reject(new Error(`npm start has taken a minute: ${output}`)), 60_000).unref();
	});
	const over = new AbortController();
	// It ends at the end, too.
	ended.catch(() => {});
	try {
		await Promise.race([answers(url, over.signal), ended]);
	} catch (error) {
		close();
		throw error;
	} finally {
		over.abort();
	}
	return { url, output: () => output, close };
}

/** Frameworks print other lines each when they are ready, but all of them answer. */
async function answers(url: string, over: AbortSignal): Promise<void> {
	while (!over.aborted) {
		const isThere = await fetch(url).then(
			() => true,
			() => false,
		);
		if (isThere) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
