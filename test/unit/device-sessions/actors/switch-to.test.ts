import { describe, expect, test } from "vitest";
import { switchTo } from "../../../../src/device-sessions/actors/switch-to.js";
import { openDevice } from "./open-device.js";

const setActive = "POST /multi-session/set-active";
const revokeSession = "POST /revoke-session";

async function open(...parts: Parameters<typeof openDevice>) {
	const page = openDevice(...parts);
	await page.read();
	return page;
}

test("a switch is one request, and shows after the version has moved", async () => {
	const { events, id, job, sent, switchInput } = await open();
	await switchTo(job(switchInput("Bob")));
	expect(sent()).toEqual([setActive]);
	expect(events).toMatchObject([
		{ type: "version.carried" },
		{ type: "row.activated", row: { id: id("Bob") }, crossed: [], left: undefined },
	]);
});

test("the lock is let go before the page is told", async () => {
	const busy: boolean[] = [];
	const page = await open({ onIdentityChange: () => busy.push(page.kit.isBusy()) });
	await switchTo(page.job(page.switchInput("Bob")));
	expect(busy).toEqual([false]);
});

test.each([
	[401, "session-gone", false],
	[429, "rate-limited", false],
	[503, "server", true],
])("one that is refused with %i ends as %s (unsure: %s)", async (status, kind, unsure) => {
	const { events, job, kit, switchInput } = await open();
	const body = { code: "INVALID_SESSION_TOKEN", message: "Invalid session token" };
	kit.disturb("/multi-session/set-active", { refuse: () => Response.json(body, { status }) });
	await switchTo(job(switchInput("Bob")));
	expect(events).toMatchObject([
		{ type: "version.carried" },
		{ type: "command.failed", error: { kind }, unsure },
		{ type: "command.done" },
	]);
});

test("one that may not be sent ends as the reason says, and nothing moves", async () => {
	const { events, job, sent, switchInput } = await open({ onBeforeSwitch: () => false });
	await switchTo(job(switchInput("Bob")));
	expect(sent()).toEqual([]);
	expect(events).toMatchObject([{ type: "command.failed", error: { kind: "refused" } }, { type: "command.done" }]);
});

describe("away from an account that is not listed", () => {
	const unlisted = { unlisted: true };
	const openUnlisted = () => open({}, { maximumSessions: 2 });

	test("signs that one out first, and says so", async () => {
		const { events, id, job, kit, sent, switchInput } = await openUnlisted();
		const ada = id("Ada");
		await switchTo(job(switchInput("Bob", unlisted)));
		expect(sent()).toEqual([revokeSession, setActive]);
		expect(kit.sessionsOf("Ada")).toEqual([]);
		expect(events.at(-1)).toMatchObject({ type: "row.activated", row: { id: id("Bob") }, left: ada });
	});

	test("does not switch where that one cannot be signed out", async () => {
		const { events, job, kit, sent, switchInput } = await openUnlisted();
		kit.disturb("/revoke-session", { refuse: () => Response.json({}, { status: 500 }) });
		await switchTo(job(switchInput("Bob", unlisted)));
		expect(sent()).toEqual([revokeSession]);
		expect(events.slice(1)).toMatchObject([
			{ type: "command.failed", error: { kind: "server" }, unsure: true },
			{ type: "command.done" },
		]);
	});

	test("takes its row away where the switch itself fails", async () => {
		const { events, id, job, kit, switchInput } = await openUnlisted();
		const ada = id("Ada");
		kit.disturb("/multi-session/set-active", { lose: "request" });
		await switchTo(job(switchInput("Bob", unlisted)));
		expect(events.slice(1)).toMatchObject([
			{ type: "row.revoked", id: ada },
			{ type: "command.failed", error: { kind: "network" }, unsure: true },
			{ type: "command.done" },
		]);
	});

	test.each([
		["it is the target itself", "Ada", {}],
		["nobody is active", "Bob", { active: null }],
	])("signs nobody out where %s", async (_, name, more) => {
		const { job, sent, switchInput } = await openUnlisted();
		await switchTo(job(switchInput(name, { ...unlisted, ...more })));
		expect(sent()).toEqual([setActive]);
	});
});
