import { createAuthClient } from "better-auth/client";
import { describe, expect, test } from "vitest";
import { type Browser, createBrowser, createRealServer, origin } from "../../support/real-server.js";
import { openThrowingTab, signedIn } from "../operations/every-operation.js";

// What the code relies on, of Better Auth as it is installed: an upgrade that changes it turns a test red.
// No operation of this package is called here, only Better Auth's own client.

describe("the client", () => {
	const answering = (how: () => Response | Error) => {
		const browser = createBrowser(createRealServer());
		browser.answer("/get-session", how);
		return browser;
	};

	test("throws where no answer comes, also without throw: true", async () => {
		const client = answering(() => new TypeError("fetch failed")).openTab();
		await expect(client.getSession()).rejects.toThrow("fetch failed");
	});

	test("throws the reason where it is aborted, also without throw: true", async () => {
		const browser = createBrowser(createRealServer());
		const controller = new AbortController();
		const held = browser.hold("/get-session");
		const answer = browser.openTab().getSession({ fetchOptions: { signal: controller.signal } });
		await held;
		controller.abort(new Error("changed my mind"));
		await expect(answer).rejects.toThrow("changed my mind");
	});

	test("gives an HTML page with status 200 as a text, without an error", async () => {
		const page = "<!doctype html><title>My app</title>";
		expect(
			await answering(() => new Response(page))
				.openTab()
				.getSession(),
		).toEqual({ data: page, error: null });
	});

	test("gives 200 null as no data and no error", async () => {
		const client = answering(() => Response.json(null)).openTab();
		expect(await client.getSession()).toEqual({ data: null, error: null });
	});

	test("made with throw: true gives the bare payload, and throws the code in .error.code", async () => {
		const { browser, token } = await signedIn(["Ada"]);
		const client = openThrowingTab(browser);
		expect(await client.getSession()).toMatchObject({ session: { token: token("Ada") } });
		await expect(client.multiSession.setActive({ sessionToken: "unknown" })).rejects.toMatchObject({
			status: 401,
			error: { code: "INVALID_SESSION_TOKEN" },
		});
	});

	test("is a proxy: any path is a function, also without the plugin, and only the server's 404 tells", async () => {
		const { browser } = await signedIn(["Ada"], { plugins: [] });
		const client = createAuthClient({ baseURL: origin, fetchOptions: { customFetchImpl: browser.send } }) as ReturnType<
			Browser["openTab"]
		>;
		expect(typeof client.multiSession.listDeviceSessions).toBe("function");
		expect(typeof (client as unknown as { no: { such: { thing: unknown } } }).no.such.thing).toBe("function");
		const { data, error } = await client.multiSession.listDeviceSessions();
		expect(data).toBeNull();
		expect(error).toEqual({ status: 404, statusText: "Not Found" });
	});

	test("revives ISO dates at any depth, and the name of somebody called like one", async () => {
		const { client } = await signedIn(["Ada"]);
		await client.updateUser({ name: "2024-01-01T00:00:00Z" });
		const { data } = await client.multiSession.listDeviceSessions();
		expect(data?.[0]?.session.expiresAt).toBeInstanceOf(Date);
		expect(data?.[0]?.user.name).toEqual(new Date("2024-01-01T00:00:00Z"));
	});

	test("gives optional fields absent, null or as texts", async () => {
		const { client } = await signedIn(["Ada"]);
		const { data } = await client.getSession();
		for (const value of [data?.user.image, data?.session.ipAddress, data?.session.userAgent])
			expect([undefined, null, expect.any(String)]).toContainEqual(value);
	});
});
