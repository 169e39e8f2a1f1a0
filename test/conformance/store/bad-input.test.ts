import * as v from "valibot";
import { expect, test } from "vitest";
import { createDeviceSessions, OperationError } from "../../../src/index.js";
import { openDevice } from "../../support/open-store.js";

const wrong: unknown[] = ["", undefined, null, 42, {}, ["id"], Symbol("id")];

test.each(wrong)("an id of %o is refused before anything is sent", async (id) => {
	const { browser, store, names } = await openDevice(["Ada", "Bob"]);
	// What a page without types may do.
	for (const answer of [await store.setActive(id as string), await store.revoke(id as string)]) {
		expect(answer.data).toBeNull();
		expect(answer.error).toMatchObject({ kind: "invalid-input", issues: [{ path: "id" }] });
	}
	expect(browser.count()).toEqual({});
	expect(names()).toEqual(["Ada", "Bob"]);
	expect(store.value).toMatchObject({ status: "idle", error: { kind: "invalid-input" } });
	expect((await store.refetch()).error).toBeNull();
});

test("an unknown id answers unknown-session, after one look", async () => {
	const { browser, store, names } = await openDevice(["Ada"]);
	expect((await store.setActive("nobody")).error).toMatchObject({ kind: "unknown-session", operation: "setActive" });
	expect((await store.revoke("nobody")).error).toMatchObject({ kind: "unknown-session", operation: "revoke" });
	expect(browser.count()).toEqual({ "GET /multi-session/list-device-sessions": 2, "GET /get-session": 2 });
	expect(names()).toEqual(["Ada"]);
});

test("a survivor that is the account itself, or nobody, is refused", async () => {
	const { store, row, names } = await openDevice(["Ada", "Bob"]);
	const { id } = row("Bob");
	expect((await store.revoke(id, { next: id })).error).toMatchObject({
		kind: "invalid-input",
		issues: [{ path: "next" }],
	});
	expect((await store.revoke(id, { next: "" })).error).toMatchObject({ kind: "invalid-input" });
	expect((await store.revoke(id, { next: "nobody" })).error).toMatchObject({ kind: "unknown-session" });
	expect(names()).toEqual(["Ada", "Bob"]);
});

test.each([
	[{ timeout: "soon" }, "timeout"],
	[{ timeout: 0 }, "timeout"],
	[{ timeout: null }, "timeout"],
	[{ scope: "" }, "scope"],
	[{ scope: 7 }, "scope"],
	[{ timeout: Number.NaN }, "timeout"],
	[{ maximumSessions: 0 }, "maximumSessions"],
	[{ maximumSessions: "5" }, "maximumSessions"],
	[{ whenActiveLost: "panic" }, "whenActiveLost"],
	[{ whenActiveLost: true }, "whenActiveLost"],
	[{ onBeforeSwitch: "refuse" }, "onBeforeSwitch"],
	[{ onIdentityChange: {} }, "onIdentityChange"],
	[{ initial: 5 }, "initial"],
	[{ initial: "snapshot" }, "initial"],
	[{ schemas: [], timeout: 0 }, "timeout"],
	[{ schemas: 5 }, "schemas"],
	[{ schemas: { user: {} } }, "schemas.user.kind"],
	[{ schemas: { session: () => true } }, "schemas.session"],
	[{ schemas: { user: v.objectAsync({}) } }, "schemas.user.async"],
	[{ schemas: { account: v.object({}) } }, "schemas.account"],
	[{ clock: {} }, "clock.setTimeout"],
	[{ clock: { setTimeout, clearTimeout, now: 5 } }, "clock.now"],
	[{ inspect: "yes" }, "inspect"],
	[{ refetchOnFocus: true }, "refetchOnFocus"],
])("the option %o is refused at once, by name", async (options, name) => {
	const { client } = await openDevice([]);
	const create = () => createDeviceSessions(client, options as never);
	expect(create).toThrow(OperationError);
	expect(create).toThrow(name);
});

test("options that are left undefined are as if they were not there", async () => {
	const { client } = await openDevice([]);
	const names = [
		"timeout",
		"whenActiveLost",
		"onBeforeSwitch",
		"onIdentityChange",
		"initial",
		"schemas",
		"clock",
		"inspect",
	];
	const store = createDeviceSessions(client, Object.fromEntries(names.map((name) => [name, undefined])));
	expect((await store.refetch()).error).toBeNull();
	await store.destroy();
});

test.each([undefined, null, {}, "client", { $store: {} }])("a client of %o is refused at once", (client) => {
	expect(() => createDeviceSessions(client as never)).toThrow(OperationError);
	expect(() => createDeviceSessions(client as never)).toThrow("createAuthClient()");
});

test("a server that answers everything with a page leaves the rows and a typed error", async () => {
	const { browser, store, names, row } = await openDevice(["Ada", "Bob"]);
	const { id } = row("Ada");
	const page = () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
	for (const path of [
		"/multi-session/list-device-sessions",
		"/multi-session/set-active",
		"/multi-session/revoke",
		"/get-session",
		"/sign-out",
	]) {
		browser.answer(path, page);
	}
	for (const answer of [
		await store.refetch(),
		await store.setActive(id),
		await store.revoke(id),
		await store.signOutOthers(),
		await store.signOutAll(),
	]) {
		expect(["invalid-response", "partial"]).toContain(answer.error?.kind);
	}
	expect(names()).toEqual(["Ada", "Bob"]);
	expect(store.value?.status).toBe("idle");
});
