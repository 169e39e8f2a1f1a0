import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { until } from "../support/open-store.js";
import { openDevice, type Tab } from "./device.js";
import { type Farm, openFarm, type Sessions } from "./farm.js";
import { type Ledger, openLedger } from "./ledger.js";
import { type Postgres, startPostgres } from "./services/postgres.js";
import { startRedis } from "./services/redis.js";
import { openStage, type Stage } from "./services/stage.js";
import { through } from "./through.js";

let stage: Stage;
let postgres: Postgres;
let farm: Farm | undefined;
let ledger: Ledger | undefined;
beforeAll(async () => {
	stage = await openStage();
	postgres = await startPostgres(stage);
});
afterEach(async () => {
	await ledger?.close();
	await farm?.close();
});
afterAll(() => stage.close());

const rules = { maximumSessions: 5, max: 1_000 };

/** A device with Ada and Bob, who is active, and a page of it. */
async function open(sessions: Sessions) {
	farm = await openFarm(stage, postgres, sessions);
	ledger = openLedger(farm.setup);
	const device = openDevice({ reach: through(farm.url, 1), number: 1, rules, ledger, people: ["Ada", "Bob"] });
	for (const name of ["Ada", "Bob"]) await device.signIn(name);
	const tab = device.openTab();
	tab.store.subscribe(() => {});
	await until(tab.store, ({ isPending }) => !isPending);
	return { farm, device, tab };
}

const shown = ({ store }: Tab) => store.value?.sessions.map(({ user, active }) => `${user.name}${active ? "*" : ""}`);
const id = ({ store }: Tab, name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";

describe("a Redis with the sessions that is killed and started again", () => {
	test("has signed everyone out where it keeps no file, and the page says so when somebody comes back", async () => {
		const { farm, tab } = await open("redis in memory");
		expect(shown(tab)).toEqual(["Ada", "Bob*"]);
		await farm.redis?.restart("at once");
		await tab.store.refetch();
		expect([shown(tab), tab.store.value?.active, tab.store.value?.error]).toEqual([[], null, null]);
		expect((await tab.store.setActive("nobody")).error?.kind).toBe("unknown-session");
	});

	test("has signed nobody out where every write goes to its file first", async () => {
		const { farm, tab } = await open("redis");
		await farm.redis?.restart("at once");
		await tab.store.refetch();
		expect(shown(tab)).toEqual(["Ada", "Bob*"]);
		expect((await tab.store.setActive(id(tab, "Ada"))).error).toBeNull();
	});
});

describe("sessions move from Postgres to Redis", () => {
	async function openMoved(storeSessionInDatabase: boolean) {
		const opened = await open("postgres");
		const redis = await startRedis(stage, { keeps: true });
		await opened.farm.become({ ...opened.farm.setup, redisUrl: redis.url, storeSessionInDatabase });
		await opened.tab.store.refetch();
		return { ...opened, redis };
	}

	test("without storeSessionInDatabase: everyone is signed out", async () => {
		const { tab } = await openMoved(false);
		expect(shown(tab)).toEqual([]);
	});

	test("with storeSessionInDatabase: nobody is, and accounts from before can be switched to and signed out", async () => {
		const { device, tab } = await openMoved(true);
		expect(shown(tab)).toEqual(["Ada", "Bob*"]);
		await device.signIn("Cy");
		await tab.store.refetch();
		expect(shown(tab)).toEqual(["Ada", "Bob", "Cy*"]);
		for (const name of ["Ada", "Cy", "Bob"]) expect((await tab.store.setActive(id(tab, name))).error).toBeNull();
		expect((await tab.store.revoke(id(tab, "Ada"))).error).toBeNull();
		expect(shown(tab)).toEqual(["Bob*", "Cy"]);
		expect((await device.rows()).map(({ name }) => name).sort()).toEqual(["Bob", "Cy"]);
	});

	test("storeSessionInDatabase taken away again: who signed in before the move is signed out, however much in use", async () => {
		const { farm, device, tab, redis } = await openMoved(true);
		await device.signIn("Cy");
		await tab.store.refetch();
		for (const name of ["Ada", "Bob", "Cy"]) await tab.store.setActive(id(tab, name));
		await farm.become({ ...farm.setup, redisUrl: redis.url, storeSessionInDatabase: false });
		await tab.store.refetch();
		expect(shown(tab)).toEqual(["Cy*"]);
	});

	test("and Redis loses everything later: with storeSessionInDatabase nobody is signed out", async () => {
		const opened = await open("postgres");
		const redis = await startRedis(stage, { keeps: false });
		await opened.farm.become({ ...opened.farm.setup, redisUrl: redis.url, storeSessionInDatabase: true });
		await opened.device.signIn("Cy");
		await redis.restart("at once");
		await opened.tab.store.refetch();
		expect(shown(opened.tab)).toEqual(["Ada", "Bob", "Cy*"]);
	});
});

test("one of several instances that is killed is not noticed, but by what it had under way", async () => {
	const { farm, tab } = await open("postgres");
	await farm.kill(0);
	for (const name of ["Ada", "Bob", "Ada"]) expect((await tab.store.setActive(id(tab, name))).error).toBeNull();
	expect(shown(tab)).toEqual(["Ada*", "Bob"]);
});

test("connections to Postgres that are ended are made again: a read that failed is made again too", async () => {
	const { farm, tab } = await open("postgres");
	await farm.dropConnections();
	await vi.waitFor(async () => expect((await tab.store.refetch()).error).toBeNull(), { timeout: 20_000 });
	expect(shown(tab)).toEqual(["Ada", "Bob*"]);
});
