import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createWire } from "../../../../src/device-sessions/wire/wire.js";
import type { IdentityChange } from "../../../../src/index.js";
import { openDevice } from "./open-device.js";

const list = "/multi-session/list-device-sessions";

/** Reads, and has another tab change something before the list comes. */
async function readWhileMoved({ device, kit, read }: ReturnType<typeof openDevice>) {
	const held = kit.hold(list);
	const reading = read();
	const request = await held;
	device.version.hear("another tab's!");
	request.release();
	return reading;
}

describe("where another tab finds somebody else meanwhile, at the same version", () => {
	/** Reads, and has another tab find this account active before the list comes; how many lists it took. */
	async function readWhileFound({ device, kit, read }: ReturnType<typeof openDevice>, found: string | null) {
		const held = kit.hold(list);
		const reading = read();
		const request = await held;
		device.lastUsed.remember(found, device.version.current());
		request.release();
		const { activeId } = await reading;
		return { activeId, lists: kit.sent.filter((line) => line.endsWith(list)).length };
	}

	test("the device is read once more, and the last word counts", async () => {
		const page = openDevice();
		expect(await readWhileFound(page, null)).toEqual({ activeId: page.id("Ada"), lists: 2 });
	});

	test("and nothing is kept of the first word meanwhile: the other tabs would take it for the last", async () => {
		const { device, kit, read } = openDevice();
		const first = kit.hold(list);
		const reading = read();
		const request = await first;
		device.lastUsed.remember(null, device.version.current());
		const second = kit.hold(list);
		request.release();
		const next = await second;
		expect(device.lastUsed.active()).toMatchObject({ id: null });
		next.release();
		await reading;
	});

	test("not so where it finds the same, or had found it before", async () => {
		const page = openDevice();
		expect((await readWhileFound(page, page.id("Ada"))).lists).toBe(1);
		const other = openDevice();
		other.device.lastUsed.remember(null, other.device.version.current());
		expect((await readWhileFound(other, null)).lists).toBe(1);
	});
});

describe("what a reading of the newest version has found is kept for all tabs", () => {
	test("who is active, with the version", async () => {
		const { device, id, read } = openDevice();
		const { version } = await read();
		expect(device.lastUsed.active()).toEqual({ id: id("Ada"), version });
	});

	test("not whom a switch is about to be made away from again", async () => {
		const { device, id, read } = openDevice();
		await read({ unless: [id("Ada")] });
		expect(device.lastUsed.active()).toBeUndefined();
	});

	test("that a sign-in which was half-way is over, since somebody is active", async () => {
		const { device, read } = openDevice();
		device.halfWay.begin(null);
		expect(await read()).toMatchObject({ signingIn: null });
		expect(device.halfWay.current()).toBeNull();
	});

	test("not so where nobody is active", async () => {
		const { device, kit, read } = openDevice();
		kit.end("Ada");
		device.halfWay.begin(null);
		expect((await read()).signingIn).not.toBeNull();
	});

	test("whose session has ended elsewhere, where the app wants that", async () => {
		const { kit, read } = openDevice({ rememberEnded: true }, {}, createWire());
		await read();
		kit.end("Bob");
		expect((await read()).ended).toMatchObject([{ name: "Bob" }]);
	});

	test("of those nobody, where the app does not", async () => {
		const { kit, read } = openDevice({}, {}, createWire());
		await read();
		kit.end("Bob");
		expect((await read()).ended).toEqual([]);
	});

	test("of those nobody, where another tab goes on with a change, whatever changes beside it", async () => {
		const { device, kit, read } = openDevice({ rememberEnded: true }, {}, createWire());
		const begun = device.version.begin();
		device.version.end();
		await read();
		kit.end("Bob");
		expect((await read()).ended).toEqual([]);
		device.version.end(begun);
		expect((await read()).ended).toEqual([]);
	});

	test("of those nobody, where one of the accounts could not be read: it may be that one", async () => {
		const { kit, read } = openDevice({ rememberEnded: true }, {}, createWire());
		await read();
		kit.disturb(list, {
			// Safe: what the kit's server lists.
			answer: ({ body }) => Response.json((body as object[]).map((row, index) => (index === 0 ? {} : row))),
		});
		expect((await read()).ended).toEqual([]);
	});
});

describe("what a reading has found that another tab has overtaken is kept for nobody", () => {
	test("neither who is active, nor that a sign-in is over", async () => {
		const page = openDevice();
		page.device.halfWay.begin(null);
		await readWhileMoved(page);
		expect([page.device.lastUsed.active(), page.device.halfWay.current()]).toEqual([
			undefined,
			expect.objectContaining({ from: null }),
		]);
	});

	test("nor whose session has ended", async () => {
		const page = openDevice({ rememberEnded: true }, {}, createWire());
		await page.read();
		page.kit.end("Bob");
		expect((await readWhileMoved(page)).ended).toEqual([]);
	});
});

test("each row says when it was last active on this device", async () => {
	const { device, id, kit, read } = openDevice();
	const { version } = await read();
	await kit.clock.advance(1_000);
	device.lastUsed.remember(id("Bob"), version);
	device.lastUsed.remember(id("Ada"), version);
	const { rows } = await read();
	const at = kit.clock.now();
	expect(rows.map(({ lastActiveAt }) => lastActiveAt)).toEqual([at, null, at]);
});

test("whom the app's own schemas refuse is nobody's successor", async () => {
	const user = v.object({ name: v.picklist(["Ada", "Bob"]) });
	const { device, id, kit, read } = openDevice({ whenActiveLost: "promote", schemas: { user } });
	device.lastUsed.remember(id("Cy"), "v1");
	kit.end("Ada");
	expect((await read()).successor).toBe(id("Bob"));
});

describe("a session that comes without its token, as with customSession,", () => {
	const withoutToken = (change: object = {}) => ({
		// Safe: what the kit's server answers.
		answer: ({ body }: { body: unknown }) => {
			const { session, user } = body as { session: object; user: object };
			return Response.json({ session: { ...session, token: undefined }, user: { ...user, ...change } });
		},
	});

	test("is listed where its user is", async () => {
		const { id, kit, read } = openDevice();
		kit.disturb("/get-session", withoutToken());
		expect((await read()).activeId).toBe(id("Ada"));
		expect(kit.sent).toHaveLength(2);
	});

	test("is asked for once more where its user is not: the list may have been too old", async () => {
		const { kit, read } = openDevice();
		kit.disturb("/get-session", withoutToken({ id: "somebody else" }));
		await read();
		expect(kit.sent).toHaveLength(4);
	});

	test("is not asked for once more where no command waits", async () => {
		const { kit, read } = openDevice();
		kit.disturb("/get-session", withoutToken({ id: "somebody else" }));
		await read({ freshness: "settled" });
		expect(kit.sent).toHaveLength(2);
	});
});

describe("where the list cannot be read and the session can", () => {
	/** Another tab makes Bob active. */
	async function openSwitched() {
		const changes: IdentityChange[] = [];
		const page = openDevice({ onIdentityChange: (change) => changes.push(change) });
		await page.read();
		const [{ token } = { token: "" }] = page.kit.sessionsOf("Bob");
		await page.kit.openTab().client.multiSession.setActive({ sessionToken: token });
		page.kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		const failure = () => page.read().catch((thrown: unknown) => thrown);
		return { ...page, changes, failure };
	}

	test("the page is told who is active", async () => {
		const { changes, failure, id } = await openSwitched();
		expect(await failure()).toMatchObject({ activeId: id("Bob") });
		expect(changes).toMatchObject([{ from: { user: { name: "Ada" } }, to: { user: { name: "Bob" } } }]);
	});

	test("it is not where that is nobody of those that are known", async () => {
		const { changes, failure, kit } = await openSwitched();
		kit.signIn("Dan");
		expect(await failure()).toMatchObject({ activeId: undefined });
		expect(changes).toEqual([]);
	});

	test("nobody is taken for active while a sign-in is half-way", async () => {
		const { device, failure } = await openSwitched();
		device.halfWay.begin(null);
		expect(await failure()).toMatchObject({ activeId: undefined });
	});
});
