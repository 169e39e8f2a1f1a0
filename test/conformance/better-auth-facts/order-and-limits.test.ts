import { describe, expect, test } from "vitest";
import { origin, password, signUp } from "../../support/real-server.js";
import { signedIn, tokenOf } from "../operations/every-operation.js";
import { expire, multiCookie, unauthorized } from "./server.js";

// What the code relies on, of Better Auth as it is installed: an upgrade that changes it turns a test red.
// No operation of this package is called here, only Better Auth's own client.

describe("order and limits", () => {
	test("revoking the active session promotes the first row of the list, not the one last used", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace", "Alan"]);
		await client.multiSession.setActive({ sessionToken: token("Grace") });
		await client.multiSession.setActive({ sessionToken: token("Alan") });
		await client.multiSession.revoke({ sessionToken: token("Alan") });
		const { data } = await client.multiSession.listDeviceSessions();
		expect(browser.activeToken()).toBe(data?.[0]?.session.token);
		expect(browser.activeToken()).not.toBe(token("Grace"));
	});

	test("a sign-in beyond the limit succeeds, is active and unlisted, and cannot be revoked through the plugin", async () => {
		const { browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		expect(browser.activeToken()).toBe(token("Grace"));
		const { data } = await client.multiSession.listDeviceSessions();
		expect(data?.map(({ user }) => user.name)).toEqual(["Ada"]);
		const sessionToken = token("Grace");
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("an unlisted account is out of reach once another is active, while its session stays valid", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		const sessionToken = token("Grace");
		await client.multiSession.setActive({ sessionToken: token("Ada") });
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
		expect(tokenOf(server, "Grace")).toBe(sessionToken);
	});

	test("core revokeSession ends an unlisted active session, and clears the active cookie", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 1 });
		expect((await client.revokeSession({ token: token("Grace") })).data).toEqual({ status: true });
		expect(server.sessions()).toHaveLength(1);
		expect(browser.cookies.has("better-auth.session_token")).toBe(false);
		expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(1);
	});

	test("core revokeSession of another user's token answers alike, and deletes nothing", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		expect((await client.revokeSession({ token: token("Ada") })).data).toEqual({ status: true });
		expect(server.sessions()).toHaveLength(2);
	});

	test("dead cookies count towards the limit, until set-active clears them", async () => {
		const { server, browser, client, token } = await signedIn(["Ada", "Grace"], { maximumSessions: 2 });
		const dead = token("Ada");
		expire(server, dead);
		await signUp(browser, "Alan");
		const names = async () => (await client.multiSession.listDeviceSessions()).data?.map(({ user }) => user.name);
		expect(await names()).toEqual(["Grace"]);
		await client.multiSession.setActive({ sessionToken: dead });
		await client.signIn.email({ email: "alan@example.com", password });
		expect((await names())?.sort()).toEqual(["Alan", "Grace"]);
	});

	test("the _multi- cookie is not renewed when its session is", async () => {
		const { server, browser, token } = await signedIn(["Ada"]);
		const [session] = server.sessions();
		if (session) session["expiresAt"] = new Date(Date.now() + 60_000);
		const response = await browser.send(`${origin}/api/auth/get-session`);
		const renewed = response.headers.getSetCookie().map((line) => line.split("=")[0]);
		expect(renewed).toContain("better-auth.session_token");
		expect(renewed).not.toContain(multiCookie(token("Ada")));
	});

	test("signing in again as somebody who is on the device deletes the old session", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		const sessionToken = token("Ada");
		await client.signIn.email({ email: "ada@example.com", password });
		expect(server.sessions()).toHaveLength(2);
		expect(await client.multiSession.setActive({ sessionToken })).toEqual(unauthorized("INVALID_SESSION_TOKEN"));
	});

	test("an active session ended elsewhere: get-session is null, the list and set-active work, revoke does not", async () => {
		const { server, client, token } = await signedIn(["Ada", "Grace"]);
		server.end(String(server.sessions()[1]?.["id"]));
		expect(await client.getSession()).toEqual({ data: null, error: null });
		expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(1);
		const sessionToken = token("Ada");
		expect(await client.multiSession.revoke({ sessionToken })).toEqual(unauthorized("UNAUTHORIZED"));
		expect((await client.multiSession.setActive({ sessionToken })).data?.user.name).toBe("Ada");
	});
});
