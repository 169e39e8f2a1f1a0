import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { activateRow, revokeRow, revokeUnlisted } from "../../../../src/device-sessions/actors/requests.js";
import { createWire } from "../../../../src/device-sessions/wire/wire.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

/** A device that was read, and a job on it. */
async function open(...parts: Parameters<typeof openDevice>) {
	const page = openDevice(...parts);
	await page.read();
	return { ...page, job: page.job(page.switchInput("Bob")) };
}

const active = ({ kit }: Pick<ReturnType<typeof openDevice>, "kit">) => kit.rows().find((row) => row.active)?.name;

describe("a row that is made active", () => {
	test("comes back from set-active itself, without its token", async () => {
		const page = await open();
		const before = page.kit.sent.length;
		const { data } = await activateRow(page.job, page.id("Bob"));
		expect(data).toMatchObject({ row: { id: page.id("Bob"), user: { name: "Bob" } }, crossed: [] });
		expect(data?.row.session).not.toHaveProperty("token");
		expect([active(page), page.kit.sent.slice(before)]).toEqual(["Bob", ["POST /multi-session/set-active"]]);
	});

	test("that nobody knows is not asked for", async () => {
		const page = await open();
		expect(await activateRow(page.job, "nobody")).toMatchObject({ error: { kind: "unknown-session" } });
		expect(page.sent()).toEqual([]);
	});

	test("that has ended meanwhile is gone", async () => {
		const page = await open();
		const id = page.id("Bob");
		page.kit.end("Bob");
		expect(await activateRow(page.job, id)).toMatchObject({ error: { kind: "session-gone" } });
	});

	test("and comes back unreadable says that it was done", async () => {
		const page = await open();
		page.kit.disturb("/multi-session/set-active", {
			answer: () => Response.json({ session: { id: "?", token: "?" }, user: {} }),
		});
		const { error } = await activateRow(page.job, page.id("Bob"));
		expect(error).toMatchObject({ kind: "invalid-response", applied: true });
	});

	const answered = async (how: (row: { session: object; user: object }) => object) => {
		const page = await open();
		page.kit.disturb("/multi-session/set-active", {
			// Safe: what the kit's server answers.
			answer: ({ body }) => Response.json(how(body as { session: object; user: object })),
		});
		return activateRow(page.job, page.id("Bob"));
	};

	test.each<[string, Parameters<typeof answered>[0]]>([
		["without a user", ({ session }) => ({ session })],
		["without a session", ({ user }) => ({ user })],
		["of another session", ({ session, user }) => ({ session: { ...session, token: "another" }, user })],
		["of another user", ({ session, user }) => ({ session, user: { ...user, id: "another" } })],
	])("and comes back %s is not the account that was asked for", async (_, how) => {
		const { error } = await answered(how);
		expect(error).toMatchObject({
			kind: "invalid-response",
			operation: "multiSession.setActive",
			message: "multiSession.setActive: An odd answer came:  should be the account that was asked for.",
			applied: true,
		});
	});

	test("and comes back without the user's id has that of before", async () => {
		const { data } = await answered(({ session, user }) => ({
			session,
			user: { ...user, id: undefined, name: "Bobby" },
		}));
		expect(data?.row.user).toMatchObject({ id: expect.any(String), name: "Bobby" });
	});

	test("of which nothing but its token was known is not the one that was asked for", async () => {
		const page = await open();
		const [{ token } = { token: "" }] = page.kit.sessionsOf("Bob");
		page.device.vault.clear();
		page.device.vault.takeStranger({ session: { id: "s", token }, user: {} });
		expect(await activateRow(page.job, "s")).toMatchObject({ error: { kind: "invalid-response", applied: true } });
	});

	test("and that the app's own schemas refuse says that it was done", async () => {
		const user = v.object({ name: v.picklist(["Ada", "Bob", "Cy"]) });
		const page = await open({ schemas: { user } });
		const id = page.id("Bob");
		page.kit.change("Bob", { name: "Mallory" });
		const { error } = await activateRow(page.job, id);
		expect(error).toMatchObject({ kind: "invalid-response", operation: "multiSession.setActive", applied: true });
	});

	test("ends a sign-in that was half-way; one that is refused does not", async () => {
		const page = await open();
		page.device.halfWay.begin(null);
		page.kit.disturb("/multi-session/set-active", { refuse: () => Response.json({}, { status: 429 }) });
		await activateRow(page.job, page.id("Bob"));
		expect(page.device.halfWay.current()).not.toBeNull();
		await activateRow(page.job, page.id("Bob"));
		expect(page.device.halfWay.current()).toBeNull();
	});
});

describe("calls whose cookies may come late", () => {
	test("without a wire: Better Auth's own look at the session, where it was under way", async () => {
		const page = await open();
		const held = page.kit.hold("/get-session");
		void page.device.atom.refetch();
		const request = await held;
		const { data } = await activateRow(page.job, page.id("Bob"));
		request.release();
		expect(data?.crossed).toEqual([0]);
	});

	test("without a wire: one that has just begun counts, though it ends before the switch is answered", async () => {
		const page = await open();
		const held = page.kit.hold("/multi-session/set-active");
		void page.device.atom.refetch();
		const activated = activateRow(page.job, page.id("Bob"));
		const request = await held;
		await settle();
		expect(page.device.atom.isBusy()).toBe(false);
		request.release();
		expect((await activated).data?.crossed).toEqual([0]);
	});

	test("with a wire: every call of the app's that is under way, by its number", async () => {
		const wire = createWire();
		const createClient = (options: object) =>
			createAuthClient({
				...options,
				plugins: [multiSessionClient(), { id: "wire", fetchPlugins: [wire.fetchPlugin] }],
			});
		const page = openDevice({}, { createClient }, wire);
		const calls: number[] = [];
		wire.listen(({ id }) => {
			calls.push(id);
			return () => {};
		});
		await page.read();
		const held = page.kit.hold("/get-session");
		void page.kit.client.getSession();
		const request = await held;
		const { data } = await activateRow(page.job(page.switchInput("Bob")), page.id("Bob"));
		request.release();
		expect(data?.crossed).toEqual([calls.at(-1)]);
	});
});

describe("a row that is signed out", () => {
	test("is forgotten, and its session ends", async () => {
		const page = await open();
		const id = page.id("Bob");
		expect(await revokeRow(page.job, id)).toBeNull();
		expect([page.device.vault.token(id), page.kit.sessionsOf("Bob")]).toEqual([undefined, []]);
	});

	test("and was gone already is success, and is forgotten", async () => {
		const page = await open();
		const id = page.id("Bob");
		page.kit.disturb("/multi-session/revoke", {
			answer: () => Response.json({ code: "INVALID_SESSION_TOKEN", message: "Invalid session token" }, { status: 401 }),
		});
		expect(await revokeRow(page.job, id)).toBeNull();
		expect(page.device.vault.token(id)).toBeUndefined();
	});

	test("that nobody knows any more sends nothing", async () => {
		const page = await open();
		expect(await revokeRow(page.job, "nobody")).toBeNull();
		expect(page.sent()).toEqual([]);
	});

	test("by a server that says it did not do so is still there", async () => {
		const page = await open();
		const id = page.id("Bob");
		page.kit.disturb("/multi-session/revoke", { answer: () => Response.json({ status: false }) });
		expect(await revokeRow(page.job, id)).toMatchObject({ kind: "rejected" });
		expect(page.device.vault.token(id)).toBeDefined();
	});

	test("and is not listed goes through the core, where no active session any more is as good", async () => {
		const page = await open();
		const id = page.id("Ada");
		expect(await revokeUnlisted(page.job, id)).toBeNull();
		expect(page.sent()).toEqual(["POST /revoke-session"]);
		expect(page.device.vault.token(id)).toBeUndefined();
		expect(await revokeUnlisted(page.job, id)).toBeNull();
		expect(page.sent()).toHaveLength(1);
	});

	test.each([
		[401, "UNAUTHORIZED"],
		[401, "INVALID_SESSION_TOKEN"],
	])("and is not listed is gone where the core says %i %s", async (status, code) => {
		const page = await open();
		const id = page.id("Ada");
		page.kit.disturb("/revoke-session", { refuse: () => Response.json({ code, message: code }, { status }) });
		expect(await revokeUnlisted(page.job, id)).toBeNull();
		expect(page.device.vault.token(id)).toBeUndefined();
	});

	test("and is not listed stays where the core says anything else", async () => {
		const page = await open();
		page.kit.disturb("/revoke-session", { refuse: () => Response.json({}, { status: 500 }) });
		expect(await revokeUnlisted(page.job, page.id("Ada"))).toMatchObject({ kind: "server" });
		expect(page.device.vault.token(page.id("Ada"))).toBeDefined();
	});

	test("needs an active session, which one that is listed says", async () => {
		const page = await open();
		page.kit.end("Ada");
		expect(await revokeRow(page.job, page.id("Bob"))).toMatchObject({ kind: "unauthorized" });
	});

	test("whose token nobody knows cannot be signed out by itself", async () => {
		const page = await open();
		page.device.vault.takeStranger({ session: { id: "s" }, user: { id: "u" } });
		const known = { kind: "active-unlisted", message: expect.stringContaining("sign out all instead") };
		expect([await revokeRow(page.job, "s"), await revokeUnlisted(page.job, "s")]).toMatchObject([known, known]);
		expect(page.sent()).toEqual([]);
	});
});
