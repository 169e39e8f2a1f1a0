import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { direct, startDemo } from "../browser/demo-process.js";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";
import { instancesOf } from "./instances-of.js";
import { startPostgres } from "./services/postgres.js";
import { startRedis } from "./services/redis.js";
import { openStage, type Stage } from "./services/stage.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage?.close());

describe.each(["Postgres", "Redis"])("in a browser, before three instances with sessions in %s", (where) => {
	const demo = openDemo({}, async (data) => {
		const postgres = await startPostgres(stage);
		const redis = where === "Redis" ? (await startRedis(stage, { keeps: true })).url : "";
		const env = { DATABASE_URL: postgres.url, REDIS_URL: redis };
		return startDemo(data, 0, [...direct, "--instances", "3"], env);
	});
	let context: BrowserContext;
	let view: SwitcherPage;
	// A device of its own for every test.
	beforeEach(async () => {
		context = await demo.newDevice();
		view = await SwitcherPage.open(context, demo.url);
		await view.signIn(ada, grace, alan);
	});

	/** Whom the browser's cookie stands for, whichever instance is asked. */
	async function cookieOf(): Promise<string | null> {
		const said = new Set<string | null>();
		for (let turn = 0; turn < 3; turn += 1) {
			const answer = await context.request.get(`${demo.url}/api/auth/get-session`);
			said.add((await answer.json())?.user.name ?? null);
		}
		expect(said.size).toBe(1);
		return [...said][0] ?? null;
	}
	const openSecond = () => SwitcherPage.open(context, demo.url);

	test("a switch is what every instance says, and stays after a reload", async () => {
		await view.switchTo(ada);
		await view.seesActive(ada);
		expect(await cookieOf()).toBe(ada);
		await view.page.reload();
		await view.openHood();
		await view.seesActive(ada);
	});

	test("two tabs follow one another", async () => {
		const second = await openSecond();
		await second.seesActive(alan);
		await second.switchTo(grace);
		await view.seesActive(grace);
		await view.switchTo(ada);
		await second.seesActive(ada);
		await second.signOut(grace);
		await view.seesAccounts(ada, alan);
		expect(await cookieOf()).toBe(ada);
	});

	test("an account that is signed out is gone, and the active one's place is taken by another", async () => {
		await view.signOut(grace);
		await view.seesAccounts(ada, alan);
		await view.signOut(alan);
		await view.seesAccounts(ada);
		await view.seesActive(ada);
		expect(await cookieOf()).toBe(ada);
	});

	test("all are signed out in both tabs", async () => {
		const second = await openSecond();
		await second.seesActive(alan);
		await view.signOutAll();
		await view.email.waitFor();
		await second.email.waitFor();
		expect(await cookieOf()).toBeNull();
	});

	test("switches go on while an instance is killed, and end on the last click", async () => {
		const second = await openSecond();
		await second.seesActive(alan);
		const [victim = 0] = instancesOf(demo.pid);
		process.kill(victim, "SIGKILL");
		for (const name of [ada, grace, ada]) {
			await view.switchTo(name);
			await view.seesActive(name);
		}
		await second.seesActive(ada);
		await eventually(cookieOf).toBe(ada);
	});
});
