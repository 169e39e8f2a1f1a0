import * as v from "valibot";
import { describe, expect, test, vi } from "vitest";
import { revokeRows } from "../../../../src/device-sessions/actors/revoke-rows.js";
import type { RevokeInput } from "../../../../src/device-sessions/events.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

const setActive = "POST /multi-session/set-active";
const revoke = "POST /multi-session/revoke";

async function open(...parts: Parameters<typeof openDevice>) {
	const page = openDevice(...parts);
	await page.read();
	const ids = { ada: page.id("Ada"), bob: page.id("Bob"), cy: page.id("Cy") };
	return { ...page, ...ids, names: () => page.kit.rows().map(({ name }) => name) };
}
type Opened = Awaited<ReturnType<typeof open>>;

const types = ({ events }: Pick<Opened, "events">) => events.map(({ type }) => type);
const answer = (status: number, body: object = {}) => ({ answer: () => Response.json(body, { status }) });

describe("one account", () => {
	test("that is not the active one is one request", async () => {
		const page = await open();
		await revokeRows(page.job(page.revokeInput("Bob")));
		expect(page.sent()).toEqual([revoke]);
		expect(page.events.slice(1)).toEqual([{ type: "row.revoked", id: page.bob }, { type: "command.done" }]);
	});

	test("that is the active one goes after the one used last has become active", async () => {
		const page = await open();
		page.device.lastUsed.remember(page.cy, "v");
		await revokeRows(page.job(page.revokeInput("Ada")));
		expect(page.sent()).toEqual([setActive, revoke]);
		expect(page.kit.rows()).toMatchObject([
			{ name: "Bob", active: false },
			{ name: "Cy", active: true },
		]);
		expect(page.events).toMatchObject([
			{ type: "row.activated", row: { id: page.cy } },
			{ type: "version.carried" },
			{ type: "row.revoked", id: page.ada },
			{ type: "command.done" },
		]);
	});

	test("whose first survivor is gone goes after the next one", async () => {
		const page = await open();
		page.kit.end("Bob");
		await revokeRows(page.job({ ...page.revokeInput("Ada"), survivors: [page.bob, page.cy] }));
		expect(page.events).toMatchObject([
			{ type: "row.revoked", id: page.bob },
			{ type: "row.activated", row: { id: page.cy } },
			{ type: "version.carried" },
			{ type: "row.revoked", id: page.ada },
			{ type: "command.done" },
		]);
	});

	test("whose chosen survivor is gone stays: nobody else will do", async () => {
		const page = await open();
		page.kit.end("Bob");
		await revokeRows(page.job({ ...page.revokeInput("Ada"), survivors: [page.bob], chosen: true }));
		expect(page.sent()).toEqual([setActive]);
		expect(page.events).toMatchObject([
			{ type: "version.carried" },
			{ type: "row.failed", id: page.ada, error: { kind: "session-gone" } },
			{ type: "command.done" },
		]);
	});

	test("whose first survivor is gone asks the app of the next one, which may refuse", async () => {
		const asked: string[] = [];
		const page = await open({
			onBeforeSwitch: ({ to }) => {
				asked.push(to.user.name);
				return asked.length < 2;
			},
		});
		page.kit.end("Bob");
		await revokeRows(page.job({ ...page.revokeInput("Ada"), survivors: [page.bob, page.cy] }));
		expect(asked).toEqual(["Bob", "Cy"]);
		expect(page.sent()).toEqual([setActive]);
		expect(page.events).toContainEqual(
			expect.objectContaining({
				type: "row.failed",
				id: page.ada,
				error: expect.objectContaining({ kind: "refused" }),
			}),
		);
	});

	test("is followed by whom the app's own schemas refuse, where there is nobody else: that is read", async () => {
		const page = await open({ schemas: { user: v.object({ name: v.literal("Ada") }) } }, { accounts: ["Bob", "Ada"] });
		await revokeRows(page.job({ ...page.revokeInput("Ada"), survivors: [page.bob] }));
		expect([page.sent(), page.names()]).toEqual([[setActive, revoke], ["Bob"]]);
		expect(page.events).toMatchObject([
			{ type: "session.unknown", at: 0 },
			{ type: "version.carried" },
			{ type: "row.revoked", id: page.ada },
			{ type: "command.done" },
		]);
	});

	test("stays where the survivor cannot be made active", async () => {
		const page = await open();
		page.kit.disturb("/multi-session/set-active", answer(500));
		await revokeRows(page.job(page.revokeInput("Ada")));
		expect(page.sent()).toEqual([setActive]);
		expect(page.events).toContainEqual(expect.objectContaining({ type: "row.failed", id: page.ada, unsure: true }));
	});

	test("that is the last of the device is simply revoked", async () => {
		const page = await open({}, { accounts: ["Ada"] });
		await revokeRows(page.job(page.revokeInput("Ada", { survivors: [] })));
		expect([page.sent(), page.kit.rows()]).toEqual([[revoke], []]);
	});

	test("shows as gone after the page was told who comes next", async () => {
		let goOn = () => {};
		const told = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		const page = await open({ onIdentityChange: () => told });
		const over = revokeRows(page.job(page.revokeInput("Ada")));
		await settle();
		expect(types(page)).toEqual(["version.carried"]);
		goOn();
		await over;
		expect(types(page).slice(1)).toEqual(["row.activated", "row.revoked", "command.done"]);
	});

	test("is not signed out where the app refuses the survivor", async () => {
		const page = await open({ onBeforeSwitch: () => false });
		await revokeRows(page.job(page.revokeInput("Ada")));
		expect([page.sent(), types(page)]).toEqual([[], ["command.failed", "command.done"]]);
	});
});

describe("on a device without a living active session", () => {
	test("a survivor becomes active first", async () => {
		const page = await open();
		page.kit.end("Ada");
		await revokeRows(page.job(page.revokeInput("Bob", { active: null, survivors: [page.cy] })));
		expect(page.sent()).toEqual([setActive, revoke]);
		expect(page.kit.rows()).toMatchObject([{ name: "Cy", active: true }]);
	});

	test("the app is asked of the survivor first", async () => {
		const page = await open({ onBeforeSwitch: () => false });
		page.kit.end("Ada");
		await revokeRows(page.job(page.revokeInput("Bob", { active: null, survivors: [page.cy] })));
		expect([page.sent(), types(page)]).toEqual([[], ["command.failed", "command.done"]]);
	});

	test("that ended past this page a survivor becomes active first as well, and who is active is looked up", async () => {
		const page = await open();
		page.device.lastUsed.remember(page.ada, "v");
		page.kit.end("Ada");
		await revokeRows(page.job(page.revokeInput("Bob")));
		expect(page.sent()).toEqual([revoke, setActive, revoke]);
		expect(types(page)).toContain("session.unknown");
		expect(page.names()).toEqual(["Cy"]);
	});

	test("that ended past this page the app is asked of the survivor, and may refuse", async () => {
		const asked: string[] = [];
		const onBeforeSwitch = ({ to }: { to: { user: { name: string } } }) => {
			asked.push(to.user.name);
			return false;
		};
		const page = await open({ onBeforeSwitch });
		page.kit.end("Ada");
		await revokeRows(page.job({ ...page.revokeInput("Bob"), survivors: [page.cy] }));
		expect([asked, page.sent()]).toEqual([["Cy"], [revoke]]);
		expect(page.events).toMatchObject([
			{ type: "session.unknown" },
			{ type: "version.carried" },
			{ type: "row.failed", id: page.bob, error: { kind: "refused" } },
			{ type: "command.done" },
		]);
	});

	test("the last row is made active itself, and nobody sees it so", async () => {
		const page = await open({}, { accounts: ["Bob", "Ada"] });
		page.kit.end("Ada");
		await revokeRows(page.job(page.revokeInput("Bob", { active: null, survivors: [] })));
		expect([page.sent(), page.names()]).toEqual([[setActive, revoke], []]);
		expect(types(page)).toEqual(["version.carried", "row.revoked", "command.done"]);
	});

	test.each([
		[401, "INVALID_SESSION_TOKEN", "row.revoked"],
		[500, "FAILED", "row.failed"],
	])("the last row that cannot be made active, with %i %s, ends as %s", async (status, code, type) => {
		const page = await open({}, { accounts: ["Bob", "Ada"] });
		page.kit.end("Ada");
		page.kit.disturb("/multi-session/set-active", answer(status, { code, message: code }));
		await revokeRows(page.job(page.revokeInput("Bob", { active: null, survivors: [] })));
		expect([page.sent(), types(page)]).toEqual([[setActive], ["version.carried", type, "command.done"]]);
	});

	test.each([
		[false, [revoke, setActive, revoke]],
		[true, [revoke, setActive]],
	])("the one that has ended is tried as a survivor only where the app has chosen it: %s", async (chosen, sent) => {
		const page = await open();
		const input = page.revokeInput("Bob", { survivors: [page.ada], chosen });
		page.kit.end("Ada");
		await revokeRows(page.job(input));
		expect(page.sent()).toEqual(sent);
	});

	test("the last row stays active where its revoke fails: that is looked up", async () => {
		const page = await open({}, { accounts: ["Bob", "Ada"] });
		page.kit.end("Ada");
		page.kit.disturb("/multi-session/revoke", { refuse: () => Response.json({}, { status: 500 }) });
		await revokeRows(page.job(page.revokeInput("Bob", { active: null, survivors: [] })));
		expect(types(page)).toEqual(["session.unknown", "version.carried", "row.failed", "command.done"]);
	});
});

describe("an active account that is not listed", () => {
	const openUnlisted = () => open({}, { maximumSessions: 2 });

	test("goes while it is active, then a survivor follows", async () => {
		const page = await openUnlisted();
		await revokeRows(page.job(page.revokeInput("Ada", { unlisted: true })));
		expect(page.sent()).toEqual(["POST /revoke-session", setActive]);
		expect(page.events).toMatchObject([
			{ type: "version.carried" },
			{ type: "row.activated", left: page.ada },
			{ type: "row.revoked", id: page.ada },
			{ type: "command.done" },
		]);
	});

	test("is gone all the same where no survivor can be made active: who is active is looked up", async () => {
		const page = await openUnlisted();
		page.kit.disturb("/multi-session/set-active", answer(500));
		await revokeRows(page.job(page.revokeInput("Ada", { unlisted: true })));
		expect(types(page)).toEqual(["session.unknown", "version.carried", "row.revoked", "command.done"]);
	});

	test("stays where it cannot be signed out", async () => {
		const page = await openUnlisted();
		page.kit.disturb("/revoke-session", answer(500));
		await revokeRows(page.job(page.revokeInput("Ada", { unlisted: true })));
		expect(page.sent()).toEqual(["POST /revoke-session"]);
		expect(types(page)).toEqual(["version.carried", "row.failed", "command.done"]);
	});
});

describe("all but the active one", () => {
	const names = Array.from({ length: 11 }, (_, index) => `Person${index}`);
	const others = (page: Opened, ...targets: string[]) =>
		page.job({ ...page.revokeInput("Bob"), scope: "others" as const, targets });

	test("go side by side, eight at most, each told of as it is settled", async () => {
		const page = await open({}, { accounts: [...names, "Ada"], maximumSessions: 20 });
		const held = Array.from({ length: 9 }, () => page.kit.hold("/multi-session/revoke"));
		const over = revokeRows(others(page, ...names.map(page.id)));
		await settle();
		expect(page.sent()).toHaveLength(8);
		(await held[0]!).release();
		await settle();
		expect([page.sent().length, types(page)]).toEqual([9, ["row.revoked"]]);
		for (const request of held) (await request).release();
		await over;
		expect(page.names()).toEqual(["Ada"]);
		expect(types(page)).toEqual([...names.map(() => "row.revoked"), "version.carried", "command.done"]);
	});

	test("one that fails keeps none of the others", async () => {
		const page = await open();
		page.kit.disturb("/multi-session/revoke", { refuse: () => Response.json({}, { status: 429 }) });
		await revokeRows(others(page, page.bob, page.cy));
		expect(page.events.filter(({ type }) => type.startsWith("row."))).toMatchObject([
			{ type: "row.failed", id: page.bob, error: { kind: "rate-limited" }, unsure: false },
			{ type: "row.revoked", id: page.cy },
		]);
	});
});

test.each(["one", "others", "all"] as const)("where another tab holds the lock, %s: busy, once", async (scope) => {
	const page = await open({ timeout: 1_000 });
	void page.device.lock.run(1, new AbortController().signal, () => new Promise(() => {}));
	await settle();
	// Safe: each scope reads what it needs of these.
	const input = { ...page.revokeInput("Bob"), scope, targets: [page.bob] } as RevokeInput;
	const over = revokeRows(page.job(input));
	await page.kit.clock.advance(1_000);
	await over;
	expect(page.events).toMatchObject([
		{ type: "command.failed", error: { kind: "busy", message: "Another tab is busy." } },
		{ type: "command.done" },
	]);
});

describe("the whole device", () => {
	const all = (page: Opened) =>
		page.job({ ...page.revokeInput("Bob"), operation: "signOutAll", reason: "signOutAll", scope: "all" as const });

	test("is signed out in one request, and no token is kept", async () => {
		const page = await open();
		await revokeRows(all(page));
		expect([page.sent(), page.kit.rows()]).toEqual([["POST /sign-out"], []]);
		expect(page.device.vault.token(page.bob)).toBeUndefined();
		expect(page.events).toEqual([expect.objectContaining({ type: "version.carried" }), { type: "device.signedOut" }]);
	});

	test("stays on its page: where the server would send the browser is handed on", async () => {
		const page = await open();
		const signOut = vi.fn((_: object) => Promise.resolve({ data: { success: true }, error: null }));
		const job = all(page);
		await revokeRows({ ...job, client: { ...page.kit.client, signOut } });
		expect(signOut).toHaveBeenCalledWith(expect.objectContaining({ disableRedirect: true }));
	});

	test("has Better Auth fire its signal, which is known to be the store's own", async () => {
		const page = await open();
		const own: boolean[] = [];
		page.device.atom.onSignal((isOwn) => own.push(isOwn));
		await revokeRows(all(page));
		await vi.waitUntil(() => own.length > 0);
		expect(own).toEqual([true]);
	});

	test("hands on where an identity provider wants the browser to go", async () => {
		const page = await open();
		page.kit.disturb("/sign-out", answer(200, { success: true, url: "https://id.example/logout" }));
		await revokeRows(all(page));
		expect(page.events.at(-1)).toEqual({ type: "device.signedOut", url: "https://id.example/logout" });
	});

	test("leaves a sign-in half-way that has begun after it was sent: its page was frozen meanwhile", async () => {
		const page = await open();
		const asked = page.kit.hold("/sign-out");
		const over = revokeRows(all(page));
		const held = await asked;
		page.device.halfWay.begin(null);
		held.release();
		await over;
		expect(page.device.halfWay.current()).not.toBeNull();
	});

	test("takes a sign-in that is half-way with it", async () => {
		const page = await open();
		page.device.halfWay.begin(null);
		await revokeRows(all(page));
		expect(page.device.halfWay.current()).toBeNull();
	});

	test.each([
		["gets no answer", { lose: "answer" as const }],
		["is refused", answer(403)],
	])("that %s leaves a sign-in half-way", async (_, how) => {
		const page = await open();
		page.device.halfWay.begin(null);
		page.kit.disturb("/sign-out", how);
		await revokeRows(all(page));
		expect(page.device.halfWay.current()).not.toBeNull();
	});

	test.each([
		["refuses", answer(403), "forbidden", false],
		["says that it did not", answer(200, { success: false }), "rejected", true],
		["breaks", answer(502), "server", true],
		["gives no answer", { lose: "answer" as const }, "network", true],
	])("stays where the server %s", async (_, how, kind, unsure) => {
		const page = await open();
		page.kit.disturb("/sign-out", how);
		await revokeRows(all(page));
		expect(page.events.slice(1)).toMatchObject([
			{ type: "command.failed", error: { kind }, unsure },
			{ type: "command.done" },
		]);
		expect(page.device.vault.token(page.bob)).toBeDefined();
	});
});
