import { expect, test } from "vitest";
import { MultiSession } from "../../../src/index.js";
import { createBrowser, createRealServer } from "../../support/real-server.js";
import { signedIn } from "./every-operation.js";

test("every account of the device is listed, with its token", async () => {
	const { browser, client, token } = await signedIn(["Ada", "Grace"]);
	const { data, error } = await MultiSession.ListSessions(client);
	expect(error).toBeNull();
	expect(new Map(data?.map(({ session, user }) => [user.name, session.token]))).toEqual(
		new Map([
			["Ada", token("Ada")],
			["Grace", token("Grace")],
		]),
	);
	expect(browser.requests).toEqual(["GET /multi-session/list-device-sessions"]);
});

test("a device on which nobody is signed in has an empty list", async () => {
	expect(await MultiSession.ListSessions(createBrowser(createRealServer()).openTab())).toEqual({
		data: [],
		error: null,
	});
});

test("the list comes with no active session as well", async () => {
	const { browser, client } = await signedIn(["Ada", "Grace"]);
	browser.cookies.delete("better-auth.session_token");
	const { data } = await MultiSession.ListSessions(client);
	expect(data).toHaveLength(2);
});

test("one request too many is refused, with the seconds to wait", async () => {
	const { client } = await signedIn([], { rateLimit: { enabled: true, window: 60, max: 1 } });
	expect((await MultiSession.ListSessions(client)).error).toBeNull();
	const { data, error } = await MultiSession.ListSessions(client);
	expect(data).toBeNull();
	expect(error).toMatchObject({ kind: "rate-limited", status: 429, operation: "multiSession.listDeviceSessions" });
	expect(error?.retryAfter).toBeGreaterThan(0);
	expect(error?.retryAfter).toBeLessThanOrEqual(60);
	expect(error?.code).toBeUndefined();
});

test("columns of the app's own are kept", async () => {
	const { client } = await signedIn(["Ada"], {
		user: { additionalFields: { plan: { type: "string", defaultValue: "free", input: false } } },
		session: { additionalFields: { theme: { type: "string", defaultValue: "dark", input: false } } },
	});
	const { data } = await MultiSession.ListSessions(client);
	expect(data).toMatchObject([{ session: { theme: "dark" }, user: { plan: "free" } }]);
});
