import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startNginx } from "./nginx.js";
import { startPostgres } from "./postgres.js";
import { startRedis } from "./redis.js";
import { openStage, type Stage, unprivileged } from "./stage.js";

let stage: Stage | undefined;
afterEach(() => stage?.close());

/** The processes that work in a folder, whoever runs them. */
function workingIn(folder: string): string[] {
	return readdirSync("/proc").filter((pid) => {
		try {
			return /^\d+$/.test(pid) && readlinkSync(join("/proc", pid, "cwd")).startsWith(folder);
		} catch {
			return false; // It has ended, or is somebody else's.
		}
	});
}

const ask = async (url: string): Promise<unknown> => {
	const client = new pg.Client(url);
	await client.connect();
	const { rows } = await client.query("select 1 + 1 as two");
	await client.end();
	return rows;
};

describe("what a test before a grown server stands on", () => {
	test("Postgres, Redis and nginx start on ports of their own, and nothing of them is left once the stage is closed", async () => {
		stage = await openStage();
		const folder = dirname(stage.folder("mine"));
		const postgres = await startPostgres(stage);
		expect(await ask(postgres.url)).toEqual([{ two: 2 }]);
		const redis = await startRedis(stage, { keeps: true });
		const nginx = await startNginx(stage, [9], "localhost");
		expect((await fetch(nginx.url)).status).toBe(502);
		expect(workingIn(folder).length).toBeGreaterThan(3);
		await stage.close();
		expect(workingIn(folder)).toEqual([]);
		expect(existsSync(folder)).toBe(false);
		await expect(fetch(nginx.url)).rejects.toThrow();
		expect([postgres, redis.service(), nginx].map((service) => service.isRunning())).toEqual([false, false, false]);
	});

	test.each([
		[true, "1"],
		[false, null],
	])("a Redis that is killed has what it answered for: with an append-only file %s, %s", async (keeps, kept) => {
		stage = await openStage();
		const redis = await startRedis(stage, { keeps });
		const client = new Redis(redis.url);
		client.on("error", () => {});
		await client.set("a", "1");
		await redis.restart("at once");
		expect(await client.get("a")).toBe(kept);
		client.disconnect();
	});

	test("a program that does not start says what it printed", async () => {
		stage = await openStage();
		const started = stage.start({
			name: "nobody",
			path: process.execPath,
			args: () => ["-p", "'gone'"],
			ready: /never/,
		});
		await expect(started).rejects.toThrow(/nobody did not start on port \d+:\ngone/);
	});
});

const command = ["--import", "tsx", join(import.meta.dirname, "open-all.ts")];
const users = [["whoever runs the tests", undefined] as const, ["a user who is not root", unprivileged()] as const];

describe.each(users)("started by %s", (_who, owner) => {
	test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("nothing is left after %s", async (signal) => {
		const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"], ...owner });
		const ended = once(child, "exit");
		const [line] = await Promise.race([once(child.stdout, "data"), ended]);
		const folder = String(line).trim();
		expect(folder).toContain("device-sessions-scale-");
		expect(workingIn(folder).length).toBeGreaterThan(3);
		child.kill(signal);
		await ended;
		// Who was killed cannot wait for what cleans up behind it.
		await vi.waitFor(() => expect([existsSync(folder), workingIn(folder)]).toEqual([false, []]), 10_000);
	});
});
