import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../docs/demo/server/auth.js";
import { until } from "../support/open-store.js";
import { openServers, type Rules, toHeader } from "./auth.js";
import { type Device, openDevice } from "./device.js";
import { behind } from "./farm.js";
import { type Ledger, openLedger } from "./ledger.js";
import { startPostgres, startReplica } from "./services/postgres.js";
import { openStage, type Stage } from "./services/stage.js";

let stage: Stage;
let ledger: Ledger;
let primary: Awaited<ReturnType<typeof openServers>>;
let lagging: typeof primary;
beforeAll(async () => {
	stage = await openStage();
	const postgres = await startPostgres(stage);
	const setup = { databaseUrl: postgres.url };
	primary = await openServers(setup);
	await migrate(primary.of());
	const replica = await startReplica(stage, postgres, behind);
	lagging = await openServers({ ...setup, replicaUrl: replica.url });
	ledger = openLedger(setup);
});
afterAll(async () => {
	await ledger.close();
	await lagging.close();
	await primary.close();
	await stage.close();
});

let devices = 0;
/** A device on which Ada and Bob have just signed in, and whose next requests go to an instance that lags. */
async function open() {
	devices += 1;
	const number = devices;
	let isLagging = false;
	const reach = (rules: Rules) => (request: Request) => {
		const headers = new Headers(request.headers);
		headers.set("x-forwarded-for", `10.9.0.${number}`);
		return (isLagging ? lagging : primary).of(toHeader(rules)).handler(new Request(request, { headers }));
	};
	const rules = { maximumSessions: 5, max: 1_000 };
	const device = openDevice({ reach, number, rules, ledger, people: ["Ada", "Bob", "Cy"] });
	for (const name of ["Ada", "Bob"]) await device.signIn(name);
	const lag = (on: boolean) => {
		isLagging = on;
	};
	return { device, lag };
}

/** Resolves when the instance that lags knows both. */
const caughtUp = (device: Device) =>
	expect
		.poll(async () => (await (await device.send("/multi-session/list-device-sessions")).json()).length, {
			timeout: 15_000,
		})
		.toBe(2);

const names = async (rows: Promise<readonly { name: string; active: boolean }[]>) =>
	(await rows).map(({ name, active }) => name + (active ? "*" : "")).sort();

describe("what Better Auth itself ends where it reads from a replica that is 2 s behind", () => {
	test("the list is 200 and empty, which changes nothing", async () => {
		const { device, lag } = await open();
		lag(true);
		const answer = await device.send("/multi-session/list-device-sessions");
		expect([answer.status, await answer.json()]).toEqual([200, []]);
		lag(false);
		expect(await names(device.rows())).toEqual(["Ada", "Bob*"]);
	});

	test("get-session is null, and nobody is active any more, on any instance", async () => {
		const { device, lag } = await open();
		lag(true);
		const answer = await device.send("/get-session");
		expect([answer.status, await answer.json()]).toEqual([200, null]);
		lag(false);
		expect(await names(device.rows())).toEqual(["Ada", "Bob"]);
	});

	test("set-active is 401, and that account is on the device no more", async () => {
		const { device, lag } = await open();
		const ada = (await device.sessions()).find(({ name }) => name === "Ada");
		lag(true);
		const answer = await device.send("/multi-session/set-active", { sessionToken: ada?.token });
		expect(answer.status).toBe(401);
		lag(false);
		expect(await names(device.rows())).toEqual(["Bob*"]);
	});

	test("revoke of an account that has just signed in is 200, that account is on the device no more, and its session goes on", async () => {
		const { device, lag } = await open();
		const bob = (await device.sessions()).find(({ name }) => name === "Bob");
		lag(true);
		await caughtUp(device);
		lag(false);
		await device.signIn("Cy");
		const cy = (await device.sessions()).find(({ name }) => name === "Cy");
		await device.send("/multi-session/set-active", { sessionToken: bob?.token });
		lag(true);
		const answer = await device.send("/multi-session/revoke", { sessionToken: cy?.token });
		expect([answer.status, await answer.json()]).toEqual([200, { status: true }]);
		lag(false);
		expect(await names(device.rows())).toEqual(["Ada", "Bob*"]);
		expect((await device.sessions()).map(({ name }) => name)).toEqual(["Ada", "Bob", "Cy"]);
	});
});

test("a page that was answered by such an instance shows what the cookies say once it reads from another one", async () => {
	const { device, lag } = await open();
	const { store } = device.openTab();
	store.subscribe(() => {});
	await until(store, ({ isPending }) => !isPending);
	const [ada] = store.value?.sessions ?? [];
	lag(true);
	const { error } = await store.setActive(ada?.id ?? "");
	expect(error).not.toBeNull();
	lag(false);
	await store.refetch();
	const shown = store.value?.sessions.map(({ user, active }) => user.name + (active ? "*" : "")).sort();
	expect(shown).toEqual(await names(device.rows()));
	await store.destroy();
});

test("an instance that has caught up answers as the primary", async () => {
	const { device, lag } = await open();
	lag(true);
	await caughtUp(device);
	expect(await names(device.rows())).toEqual(["Ada", "Bob*"]);
});
