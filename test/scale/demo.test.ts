import { readdirSync } from "node:fs";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { people, samplePassword } from "../../docs/demo/people.js";
import { type DemoProcess, direct, startDemo, temporaryFolder } from "../browser/demo-process.js";
import { instancesOf } from "./instances-of.js";
import { startPostgres } from "./services/postgres.js";
import { startRedis } from "./services/redis.js";
import { openStage, type Stage } from "./services/stage.js";

const data = temporaryFolder();
let stage: Stage;
let addresses: { DATABASE_URL: string; REDIS_URL: string };
let demo: DemoProcess | undefined;

beforeAll(async () => {
	stage = await openStage();
	const [postgres, redis] = [await startPostgres(stage), await startRedis(stage, { keeps: true })];
	addresses = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
});
afterEach(() => demo?.interrupt());
afterAll(async () => {
	await stage.close();
	data.remove();
});

const isThere = (pid: number) => readdirSync("/proc").includes(String(pid));

async function query(text: string): Promise<unknown[]> {
	const client = new pg.Client(addresses.DATABASE_URL);
	await client.connect();
	try {
		return (await client.query(text)).rows;
	} finally {
		await client.end();
	}
}

/** A browser's requests, with the cookies that it was given. */
function openBrowser({ url }: DemoProcess) {
	const cookies = new Map<string, string>();
	async function ask(path: string, body?: object) {
		const answer = await fetch(url + path, {
			headers: {
				cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
				origin: url,
				"content-type": "application/json",
			},
			...(body && { method: "POST", body: JSON.stringify(body) }),
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name = "", value = ""] = /^(.*?)=(.*?)(?:;|$)/.exec(line) ?? [];
			cookies.set(name, value);
		}
		return { status: answer.status, body: await answer.json().catch(() => undefined) };
	}
	return {
		ask,
		signIn: (email: string) => ask("/api/auth/sign-in/email", { email, password: samplePassword }),
		name: async () => (await ask("/api/auth/get-session")).body?.user.name,
	};
}

const three = [...direct, "--instances", "3"];
const start = async (command: readonly string[], env: NodeJS.ProcessEnv, port = 0) => {
	demo = await startDemo(data.path, port, command, env);
	return demo;
};

test("instances without a database to share are an error that says so", async () => {
	await expect(start(three, { DATABASE_URL: "" })).rejects.toThrow("--instances needs DATABASE_URL");
});

test("a number of instances that is none is an error that says so", async () => {
	await expect(start([...direct, "--instances", "many"], addresses)).rejects.toThrow("a number from 1 to 16");
});

test.each(["Postgres", "Redis"])("three instances are one server, with sessions in %s", async (where) => {
	const env = where === "Redis" ? addresses : { ...addresses, REDIS_URL: "" };
	let running = await start(three, env);
	expect(instancesOf(running.pid).length).toBe(3);
	const { port } = new URL(running.url);
	const browser = openBrowser(running);
	for (const email of ["ada@example.com", "grace@example.com"]) expect((await browser.signIn(email)).status).toBe(200);
	// Whichever of them answers.
	for (let turn = 0; turn < 6; turn += 1) expect(await browser.name()).toBe("Grace Hopper");
	expect((await browser.ask("/api/auth/multi-session/list-device-sessions")).body).toHaveLength(2);
	expect((await browser.ask("/demo/letters")).status).toBe(200);

	await browser.signIn("edsger@example.com");
	await browser.ask("/api/auth/two-factor/send-otp", {});
	await running.line(/Two-factor code for edsger/);
	expect((await browser.ask("/demo/mails?to=edsger@example.com")).body[0].brings.what).toBe("code");

	const other = openBrowser(running);
	await other.signIn("ada@example.com");
	const { body } = await other.ask("/api/auth/get-session");
	expect((await other.ask(`/demo/sessions/${body.session.id}/end`, {})).status).toBe(204);
	expect(await other.name()).toBeUndefined();

	const [victim = 0] = instancesOf(running.pid);
	process.kill(victim, "SIGKILL");
	await running.line(/Instance \d has ended/);
	await other.signIn("grace@example.com");
	for (let turn = 0; turn < 6; turn += 1) expect(await other.name()).toBe("Grace Hopper");

	const instances = instancesOf(running.pid);
	expect(await running.interrupt()).toBe(0);
	expect(instances.filter(isThere)).toEqual([]);
	running = await start(three, env, Number(port));
	expect(await openBrowser(running).signIn("ada@example.com")).toMatchObject({ status: 200 });
	expect(await other.name()).toBe("Grace Hopper");
});

test("the sample people are signed up once, and their sessions are where they belong", async () => {
	const [{ count }] = (await query('select count(*)::int as count from "user"')) as [{ count: number }];
	expect(count).toBe(people.length);
});

test("instances end with the process that has started them, however it ends", async () => {
	const running = await start(three, addresses);
	const instances = instancesOf(running.pid);
	process.kill(running.pid ?? 0, "SIGKILL");
	await vi.waitFor(() => expect(instances.filter(isThere)).toEqual([]), 10_000);
});
