import type { ReadableAtom } from "nanostores";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeviceSessions, type DeviceSessions, type DeviceSessionsOptions } from "../../../src/index.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { type Browser, createBrowser, createRealServer, type Held, signUp } from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

type Store = DeviceSessions;

interface Situation {
	readonly browser: Browser;
	readonly store: Store;
	readonly row: (name: string) => string;
}

/** What is under way when the store is destroyed: answers are held by then, and let through afterwards. */
const situations: Record<string, (situation: Situation) => Promise<{ held: Held[]; commands: Promise<unknown>[] }>> = {
	"a read": async ({ browser, store }) => {
		const list = browser.hold("/multi-session/list-device-sessions");
		const commands = [store.refetch()];
		return { held: [await list], commands };
	},
	"a switch": async ({ browser, store, row }) => {
		const set = browser.hold("/multi-session/set-active");
		const commands = [store.setActive(row("Ada"))];
		return { held: [await set], commands };
	},
	"a switch with others waiting": async ({ browser, store, row }) => {
		const set = browser.hold("/multi-session/set-active");
		const commands = [
			store.setActive(row("Ada")),
			store.setActive(row("Bob")),
			store.revoke(row("Bob")),
			store.refetch(),
			store.signOutOthers(),
		];
		return { held: [await set], commands };
	},
	"the check after a switch": async ({ browser, store, row }) => {
		const check = browser.hold("/get-session");
		const commands = [store.setActive(row("Ada"))];
		return { held: [await check], commands };
	},
	"a revoke between its two requests": async ({ browser, store, row }) => {
		const revoke = browser.hold("/multi-session/revoke");
		const commands = [store.revoke(row("Cy"))];
		return { held: [await revoke], commands };
	},
	"a sign-out of the others": async ({ browser, store }) => {
		const revokes = [browser.hold("/multi-session/revoke"), browser.hold("/multi-session/revoke")];
		const commands = [store.signOutOthers()];
		return { held: await Promise.all(revokes), commands };
	},
	"a sign-out of all": async ({ browser, store }) => {
		const out = browser.hold("/sign-out");
		const commands = [store.signOutAll()];
		return { held: [await out], commands };
	},
};

async function open(options: DeviceSessionsOptions = {}) {
	pretendBrowser();
	const server = createRealServer();
	const browser = createBrowser(server);
	await signUp(browser, "Ada", "Bob", "Cy");
	const client = browser.openTab();
	// What a listener of ours leaves on the client's own stores would show here.
	const atoms = ["session", "$sessionSignal"].map(
		(name) => (client.$store.atoms as Record<string, ReadableAtom & { lc: number }>)[name]!,
	);
	const before = atoms.map(({ lc }) => lc);
	const clock = createClock();
	const store = createDeviceSessions(client, { clock, ...options });
	const stop = store.listen(() => {});
	onTestFinished(stop);
	await until(store, ({ isPending }) => !isPending);
	const row = (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";
	return { server, browser, client, clock, store, row, atoms, before };
}

describe.each(Object.keys(situations))("in the middle of %s", (name) => {
	test("destroy() lets what was sent finish; every command is answered, and nothing is left", async () => {
		const opened = await open();
		const { browser, clock, store, atoms, before } = opened;
		const { held, commands } = (await situations[name]?.(opened)) ?? { held: [], commands: [] };
		const gone = store.destroy();
		expect(store.destroy()).toBe(gone);
		for (const answer of held) await answer.release();
		await gone;
		const kinds = await Promise.all(
			commands.map(async (command) => (await (command as ReturnType<Store["refetch"]>)).error?.kind),
		);
		// The first was sent; the check is no command's.
		expect(kinds.slice(1).every((kind) => kind === "destroyed")).toBe(true);
		expect(kinds[0] ?? "ok").toMatch(/^(ok|destroyed)$/);
		browser.requests.length = 0;
		const shown = store.value;
		expect([
			(await store.refetch()).error?.kind,
			store.hydrate({ version: 1, sessions: [], active: null }).error?.kind,
		]).toEqual(["destroyed", "destroyed"]);
		clock.advance(30 * 24 * 3_600_000);
		expect([browser.requests, clock.timers.size, store.value]).toEqual([[], 0, shown]);
		// Better Auth lets go of its own signal a second later, as nanostores do.
		await vi.waitFor(() => expect(atoms.map(({ lc }) => lc)).toEqual(before), { timeout: 3_000 });
	});
});

test("a switch that was sent is answered by what came of it", async () => {
	const { browser, store, row } = await open();
	const set = browser.hold("/multi-session/set-active");
	const switched = store.setActive(row("Ada"));
	const held = await set;
	const gone = store.destroy();
	await held.release();
	expect((await switched).data?.user).toMatchObject({ name: "Ada" });
	await gone;
	expect(store.value?.active?.user).toMatchObject({ name: "Ada" });
});

test("destroy() may come from a subscriber or from a command's own answer", async () => {
	const { store, row } = await open();
	let gone: Promise<void> | undefined;
	store.listen(({ status }) => {
		if (status === "switching") gone ??= store.destroy();
	});
	await store.setActive(row("Ada")).then(() => store.destroy());
	await gone;
	expect((await store.refetch()).error?.kind).toBe("destroyed");
});

test("before anybody has looked there is nothing to wait for", async () => {
	const browser = createBrowser(createRealServer());
	const store = createDeviceSessions(browser.openTab());
	await store.destroy();
	expect(browser.requests).toEqual([]);
});

test("on a server a store leaves nothing on the client that its requests share", async () => {
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada");
	const client = browser.openTab();
	const session = client.$store.atoms["session"] as object;
	const before = { ...session };
	for (let requests = 0; requests < 3; requests += 1) {
		const store = createDeviceSessions(client);
		expect(store.value?.isPending).toBe(true);
	}
	expect(session).toEqual(before);
});
