import { describe, expect, test, vi } from "vitest";
import { revokeRow } from "../../../../src/device-sessions/actors/requests.js";
import { revokeRows } from "../../../../src/device-sessions/actors/revoke-rows.js";
import { switchTo } from "../../../../src/device-sessions/actors/switch-to.js";
import { openDevice } from "./open-device.js";

const list = "/multi-session/list-device-sessions";
const setActive = "POST /multi-session/set-active";
const revoke = "POST /multi-session/revoke";
const revokeSession = "POST /revoke-session";

/**
 * Bob is active, and has several sessions on the device, of sign-ins that were sent side by side: the list shows the
 * first of them, another one is active, and those between are nowhere to be seen.
 */
async function open(count: number, settings: Parameters<typeof openDevice>[0] = {}) {
	const page = openDevice(settings, { accounts: ["Cy", "Bob"], maximumSessions: 20 });
	const { client, password } = page.kit;
	const signIn = () => client.signIn.email({ email: "bob@example.com", password });
	await Promise.all(Array.from({ length: count }, signIn));
	await page.read();
	const bobs = page.kit.sessionsOf("Bob").map(({ id }) => id);
	const active = page.kit.rows().find((row) => row.active)?.id ?? "";
	expect([bobs.length, bobs.includes(active), bobs[0] === active]).toEqual([count, true, false]);
	const cy = page.id("Cy");
	const before = page.kit.sent.length;
	return {
		...page,
		active,
		cy,
		shown: bobs[0] ?? "",
		bobs: () => page.kit.sessionsOf("Bob").length,
		all: () => page.kit.sent.slice(before),
		types: () => page.events.map(({ type }) => type),
		away: () => page.job({ ...page.switchInput("Cy"), active }),
		out: (survivors: readonly string[] = [cy]) =>
			page.job({ ...page.revokeInput("Bob"), id: active, active, survivors }),
	};
}
const refuse = (status: number, body: object = {}) => ({ refuse: () => Response.json(body, { status }) });
const gone = { code: "INVALID_SESSION_TOKEN", message: "Invalid session token" };

describe("a user who is signed out, with several sessions,", () => {
	test("has none left: that of the list goes as well, and whichever comes out from behind it", async () => {
		const page = await open(4);
		expect(await revokeRow(page.out(), page.active)).toBeNull();
		expect(page.bobs()).toBe(0);
		const list = "GET /multi-session/list-device-sessions";
		expect(page.all()).toEqual([revoke, revoke, list, revoke, list, revoke, list]);
	});

	test("goes on where one that comes out has ended meanwhile", async () => {
		const page = await open(3);
		page.kit.disturb("/multi-session/revoke", {}, 2);
		page.kit.disturb("/multi-session/revoke", refuse(401, gone));
		expect(await revokeRow(page.out(), page.active)).toBeNull();
		expect([page.all().filter((line) => line === revoke).length, page.bobs()]).toEqual([4, 0]);
	});

	test("is not out where one that comes out cannot be signed out", async () => {
		const page = await open(3);
		page.kit.disturb("/multi-session/revoke", {}, 2);
		page.kit.disturb("/multi-session/revoke", refuse(429));
		expect(await revokeRow(page.out(), page.active)).toMatchObject({ kind: "rate-limited" });
	});

	test("is not out where it cannot be seen whether another one comes out", async () => {
		const page = await open(3);
		page.kit.disturb(list, refuse(500));
		expect(await revokeRow(page.out(), page.active)).toMatchObject({ kind: "server" });
	});

	test("is looked for behind the list only where several were seen", async () => {
		const page = await open(2);
		await revokeRow(page.out(), page.cy);
		expect(page.all()).toEqual([revoke]);
	});
});

describe("an active account that has another session behind it", () => {
	test("goes before the switch away from it, and the other session comes in its place", async () => {
		const page = await open(2);
		await switchTo(page.away());
		expect(page.sent().slice(-2)).toEqual([revokeSession, setActive]);
		expect(page.events.at(-1)).toMatchObject({
			type: "row.activated",
			row: { id: page.cy },
			left: page.active,
			instead: { id: page.shown },
		});
	});

	test("is gone all the same where the switch fails, and who is active is looked up", async () => {
		const page = await open(2);
		page.kit.disturb("/multi-session/set-active", refuse(500));
		await switchTo(page.away());
		expect(page.types()).toEqual([
			"version.carried",
			"row.revoked",
			"session.unknown",
			"command.failed",
			"command.done",
		]);
		expect(page.events.at(2)).toEqual({ type: "session.unknown", at: 0 });
	});

	test("stays where it cannot be signed out, and nothing comes in its place", async () => {
		const page = await open(2);
		page.kit.disturb("/revoke-session", refuse(500));
		await switchTo(page.away());
		expect(page.types()).toEqual(["version.carried", "command.failed", "command.done"]);
	});

	test("is signed out while it is active; then the survivor comes, and the other session goes", async () => {
		const page = await open(2);
		await revokeRows(page.out());
		expect([page.sent().slice(-3), page.bobs()]).toEqual([[revokeSession, setActive, revoke], 0]);
		expect(page.types()).toEqual(["row.activated", "version.carried", "row.revoked", "command.done"]);
	});

	test("and nobody beside it: the other session is made active to be signed out", async () => {
		const page = await open(2);
		page.kit.end("Cy");
		await revokeRows(page.out([]));
		expect([page.sent().slice(-3), page.bobs()]).toEqual([[revokeSession, setActive, revoke], 0]);
		expect(page.types()).toEqual(["version.carried", "row.revoked", "command.done"]);
	});

	test("is not out where the other session stays", async () => {
		const page = await open(2);
		page.kit.disturb("/multi-session/revoke", refuse(429));
		await revokeRows(page.out());
		expect(page.events.filter(({ type }) => type.startsWith("row."))).toMatchObject([
			{ type: "row.activated" },
			{ type: "row.failed", error: { kind: "rate-limited" } },
		]);
	});

	test("leaves the app its say: it is asked before the survivor becomes active", async () => {
		const onBeforeSwitch = vi.fn(() => false);
		const page = await open(2, { onBeforeSwitch });
		await revokeRows(page.out());
		expect([onBeforeSwitch.mock.calls.length, page.bobs()]).toEqual([1, 2]);
	});
});
