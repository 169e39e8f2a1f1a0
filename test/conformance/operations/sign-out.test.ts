import { expect, test } from "vitest";
import { Core } from "../../../src/index.js";
import { createBrowser, createRealServer } from "../../support/real-server.js";
import { signedIn } from "./every-operation.js";

test("every account of the device is signed out, in one request", async () => {
	const { server, browser, client } = await signedIn(["Ada", "Grace", "Alan"]);
	expect(await Core.SignOut(client, {})).toEqual({ data: { success: true }, error: null });
	expect(server.sessions()).toEqual([]);
	expect(browser.cookies.size).toBe(0);
	expect(browser.requests).toEqual(["POST /sign-out"]);
});

test("signing out where nobody is signed in succeeds", async () => {
	const { data } = await Core.SignOut(createBrowser(createRealServer()).openTab(), {});
	expect(data?.success).toBe(true);
});

test("an address to come back to that the server does not trust is forbidden, and nobody is signed out", async () => {
	const { server, client } = await signedIn(["Ada"], { advanced: { disableOriginCheck: false } });
	const { data, error } = await Core.SignOut(client, { callbackURL: "https://elsewhere.example/" });
	expect(data).toBeNull();
	expect(error).toMatchObject({ kind: "forbidden", operation: "signOut", status: 403, code: "INVALID_CALLBACK_URL" });
	expect(server.sessions()).toHaveLength(1);
});

test("where the identity provider wants the browser to go is handed on", async () => {
	const browser = createBrowser(createRealServer());
	browser.answer("/sign-out", async (request) => {
		expect(await request.json()).toEqual({ disableRedirect: true, callbackURL: "/bye" });
		return Response.json({ success: true, url: "https://idp.example/logout", redirect: false });
	});
	expect(await Core.SignOut(browser.openTab(), { disableRedirect: true, callbackURL: "/bye" })).toEqual({
		data: { success: true, url: "https://idp.example/logout", redirect: false },
		error: null,
	});
});
