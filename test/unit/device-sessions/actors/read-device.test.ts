import { describe, expect, test } from "vitest";
import { OperationError } from "../../../../src/index.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

const list = "/multi-session/list-device-sessions";
const names = (rows: readonly { readonly user: { readonly name: string } }[]) => rows.map(({ user }) => user.name);
const caught = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => undefined,
		(thrown) => (thrown instanceof Error ? thrown : thrown.error),
	);

describe("a reading", () => {
	test("is one list and one get-session, side by side", async () => {
		const { kit, read } = openDevice();
		const held = [kit.hold(list), kit.hold("/get-session")];
		const reading = read();
		for (const request of held) (await request).release();
		await reading;
		expect(kit.sent).toHaveLength(2);
	});

	test("holds the rows without their tokens, and who is active", async () => {
		const { id, kit, read } = openDevice();
		await kit.clock.advance(500);
		const reading = await read();
		expect(names(reading.rows)).toEqual(["Bob", "Cy", "Ada"]);
		expect(reading).toMatchObject({ activeId: id("Ada"), error: null, began: 500, at: 500, loadedAt: kit.clock.now() });
		for (const { token } of kit.sessions()) expect(JSON.stringify(reading)).not.toContain(token);
	});

	test("has the active account too where the list does not, and asks for the list once more", async () => {
		const { id, kit, read } = openDevice({}, { maximumSessions: 2 });
		const { activeId, rows } = await read();
		expect([activeId, rows.find(({ listed }) => !listed)?.id]).toEqual([id("Ada"), id("Ada")]);
		expect(kit.sent.filter((line) => line.endsWith(list)).length).toBe(2);
	});

	test("is of nobody where nobody is signed in", async () => {
		expect(await openDevice({}, { accounts: [] }).read()).toMatchObject({ rows: [], activeId: null, error: null });
	});

	test("says at which version it began, and which one is the newest by its end", async () => {
		const { device, kit, read } = openDevice();
		const before = device.version.current();
		const held = kit.hold(list);
		const reading = read();
		const request = await held;
		device.version.hear("another tab's");
		request.release();
		expect(await reading).toMatchObject({ version: before, newest: "another tab's" });
	});

	test("says for how long a change may still go on whose tab has not said that it is over", async () => {
		const { device, kit, read } = openDevice();
		expect((await read()).goesOnFor).toBe(0);
		device.version.hear("another tab's");
		await kit.clock.advance(4_000);
		expect((await read()).goesOnFor).toBe(device.settings.timeout - 4_000);
		device.version.hear("another tab's!");
		expect((await read()).goesOnFor).toBe(0);
	});

	test("says who was active last on this device", async () => {
		const { device, read } = openDevice();
		expect((await read()).lastActive).toBeUndefined();
		device.lastUsed.remember("somebody", "v1");
		expect((await read()).lastActive).toMatchObject({ id: "somebody", version: "v1" });
	});
});

describe("an account that cannot be read", () => {
	const spoil = (how: (rows: Record<string, unknown>[]) => unknown) => ({
		// Safe: what the kit's server lists.
		answer: ({ body }: { body: unknown }) => Response.json(how(body as Record<string, unknown>[])),
	});

	test("has a row that is not shown, and is reported", async () => {
		const { kit, read } = openDevice();
		kit.disturb(
			list,
			spoil(([first, ...rest]) => [{ ...first, user: null }, ...rest]),
		);
		const { error, rows } = await read();
		expect(rows.map(({ hidden }) => hidden)).toEqual([true, undefined, undefined]);
		expect([names(rows.slice(1)), error?.kind]).toEqual([["Cy", "Ada"], "invalid-response"]);
	});

	test("fails the reading where there is no other", async () => {
		const { kit, read } = openDevice();
		kit.disturb(
			list,
			spoil((rows) => rows.map((row) => ({ ...row, user: null }))),
		);
		expect(await caught(read())).toMatchObject({ kind: "invalid-response" });
	});
});

describe("a reading that fails", () => {
	test.each([
		[list, 500, "server"],
		[list, 429, "rate-limited"],
		["/get-session", 500, "server"],
	])("for %s with %i rejects, and says why", async (path, status, kind) => {
		const { kit, read } = openDevice();
		kit.disturb(path, { refuse: () => Response.json({}, { status }) });
		const error = await caught(read());
		expect(error).toBeInstanceOf(OperationError);
		expect(error).toMatchObject({ kind });
	});

	test("for want of the session does not wait for the list", async () => {
		const { kit, read } = openDevice();
		void kit.hold(list);
		kit.disturb("/get-session", { refuse: () => Response.json({}, { status: 500 }) });
		expect(await caught(read())).toMatchObject({ kind: "server" });
	});

	test("for want of the list says who is active, of those that are known", async () => {
		const { id, kit, read } = openDevice();
		await read();
		kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		const failure = await read().catch((thrown: unknown) => thrown);
		expect(failure).toMatchObject({ error: { kind: "server" }, activeId: id("Ada") });
	});

	test("waits so long and no longer", async () => {
		const { kit, read } = openDevice({ timeout: 3_000 });
		void kit.hold(list);
		const error = caught(read());
		await kit.clock.advance(3_000);
		expect(await error).toMatchObject({ kind: "timeout" });
	});

	test("and was stopped before it began sends nothing", async () => {
		const { kit, read, stop } = openDevice();
		const reading = caught(read());
		stop(new Error("enough"));
		expect(await reading).toMatchObject({ message: "enough" });
		expect(kit.sent).toEqual([]);
	});

	test("because it was stopped ends its requests", async () => {
		const { kit, read, stop } = openDevice();
		const held = [kit.hold(list), kit.hold("/get-session")];
		const reading = caught(read());
		for (const request of held) await request;
		stop(new Error("enough"));
		await reading;
		expect(kit.sending(`GET ${list}`)).toBe(0);
	});

	test("keeps the tokens that were known", async () => {
		const { device, id, kit, read } = openDevice();
		await read();
		kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		await caught(read());
		expect(device.vault.token(id("Bob"))).toBeDefined();
	});
});

test("holds whom another tab has found active at this version, until this one has found out itself", async () => {
	const { device, id, kit, read } = openDevice();
	const held = kit.hold(list);
	const reading = read();
	const request = await held;
	device.lastUsed.remember(id("Bob"), device.version.current());
	request.release();
	expect((await reading).lastActive).toMatchObject({ id: id("Bob") });
});

test("what somebody signs in to while the list is on its way is in the reading", async () => {
	const { device, kit, read } = openDevice();
	const held = kit.hold(list);
	const reading = read();
	const request = await held;
	request.act();
	kit.signIn("Dan");
	device.atom.fireSignal();
	await settle();
	request.release();
	const { activeId, rows } = await reading;
	expect(rows.find(({ id }) => id === activeId)?.user.name).toBe("Dan");
});

describe("a look that begins while the list is on its way", () => {
	async function openWaiting() {
		const page = openDevice();
		const held = page.kit.hold(list);
		const reading = page.read();
		const request = await held;
		await settle();
		return { ...page, reading, request };
	}

	test("and is still under way when it comes is waited for", async () => {
		const { device, kit, reading, request } = await openWaiting();
		kit.signIn("Dan");
		const look = kit.hold("/get-session");
		void device.atom.refetch();
		const asked = await look;
		request.release();
		await settle();
		asked.release();
		const { activeId, rows } = await reading;
		expect(rows.find(({ id }) => id === activeId)?.user.name).toBe("Dan");
	});

	test("and fails fails the reading: who is active is not known", async () => {
		const { device, kit, reading, request } = await openWaiting();
		const error = caught(reading);
		kit.disturb("/get-session", { refuse: () => Response.json({}, { status: 500 }) }, 9);
		await device.atom.refetch();
		request.release();
		expect(await error).toMatchObject({ kind: "server" });
	});
});

test("whoever is signed out while the list is on its way is not in the reading", async () => {
	const { device, kit, read } = openDevice();
	const held = kit.hold(list);
	const reading = read();
	const request = await held;
	request.act();
	kit.end("Bob");
	device.atom.fireSignal();
	await settle();
	request.release();
	expect(names((await reading).rows)).toEqual(["Cy", "Ada"]);
});

test("a reading that has ended listens no more, nor does one that has failed", async () => {
	const { kit, read } = openDevice();
	// Safe: a nanostore, which counts its listeners.
	const signal = kit.client.$store.atoms["$sessionSignal"] as unknown as { lc: number };
	// From then on the session atom itself listens.
	await read();
	const before = signal.lc;
	await read();
	kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
	await caught(read());
	expect(signal.lc).toBeLessThanOrEqual(before);
});
