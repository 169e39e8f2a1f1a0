import type { BetterAuthOptions } from "better-auth";
import { admin, multiSession } from "better-auth/plugins";
import { describe, expect, test } from "vitest";
import { createBrowser, createRealServer, origin, password, signUp } from "../../support/real-server.js";

// What docs/limits.md says of Better Auth's cookies, of Better Auth as it is installed.

function open(options: BetterAuthOptions = {}) {
	const server = createRealServer(options);
	const browser = createBrowser(server);
	/** Sends a call, and returns the cookies that it sets: their names, with how long they last, in seconds. */
	async function post(path: string, body: object): Promise<Record<string, string | undefined>> {
		const response = await browser.send(`${origin}/api/auth${path}`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(body),
		});
		expect(response.status, path).toBe(200);
		return Object.fromEntries(
			response.headers.getSetCookie().map((line) => {
				const name = line.split("=")[0] ?? "";
				// Each account has its own.
				return [name.replace(/_multi-.+$/, "_multi"), /max-age=(\d+)/i.exec(line)?.[1]];
			}),
		);
	}
	const signIn = (name: string, more: object = {}) =>
		post("/sign-in/email", { email: `${name.toLowerCase()}@example.com`, password, ...more });
	const list = async (): Promise<{ session: { token: string }; user: { id: string; name: string } }[]> =>
		(await browser.send(`${origin}/api/auth/multi-session/list-device-sessions`)).json();
	return { server, browser, post, signIn, list };
}

const [cookie, multi] = ["better-auth.session_token", "better-auth.session_token_multi"];

describe("the plugin's own cookie", () => {
	test.each([
		["seven days", {}, 604_800],
		["session.expiresIn", { session: { expiresIn: 3_600 } }, 3_600],
	])("lasts for %s from the sign-in", async (_, options, seconds) => {
		const { browser, signIn } = open(options);
		await signUp(browser, "Ada");
		expect(await signIn("Ada")).toMatchObject({ [multi]: String(seconds) });
	});

	test("outlives the session's own after a sign-in with rememberMe: false, and a later switch makes one of the browser's session", async () => {
		const { browser, post, signIn, list } = open();
		await signUp(browser, "Ada", "Bob");
		expect(await signIn("Bob", { rememberMe: false })).toMatchObject({ [cookie]: undefined, [multi]: "604800" });
		const ada = (await list()).find(({ user }) => user.name === "Ada");
		const set = await post("/multi-session/set-active", { sessionToken: ada?.session.token });
		expect([cookie in set, set[cookie]]).toEqual([true, undefined]);
	});

	test("stays after a sign-out where the prefix has capital letters", async () => {
		const { browser, post } = open({ advanced: { cookiePrefix: "MyApp" } });
		await signUp(browser, "Ada");
		await post("/sign-out", {});
		expect([...browser.cookies.keys()]).toEqual([expect.stringMatching(/^MyApp\.session_token_multi-/)]);
	});

	test("is taken by a sign-out from another server of the same secret, whose account is off the device then", async () => {
		const [shop, back] = ["shop", "back"].map((name) => open({ advanced: { cookiePrefix: name } }));
		await signUp(shop!.browser, "Ada");
		await signUp(back!.browser, "Bob");
		// One browser has the cookies of both.
		for (const [name, value] of shop!.browser.cookies) back!.browser.cookies.set(name, value);
		await back!.post("/sign-out", {});
		expect([...back!.browser.cookies.keys()]).toEqual(["shop.session_token"]);
	});
});

test("an administrator who impersonates somebody ends that person's session on this device", async () => {
	const { server, browser, post, signIn, list } = open({ plugins: [multiSession(), admin()] });
	await signUp(browser, "Ada", "Bob");
	for (const user of server.db["user"] ?? []) if (user["name"] === "Bob") user["role"] = "admin";
	await signIn("Bob");
	const ada = (await list()).find(({ user }) => user.name === "Ada");
	await post("/admin/impersonate-user", { userId: ada?.user.id });
	expect(server.sessions().map(({ token }) => token)).not.toContain(ada?.session.token);
	expect((await list()).map(({ user }) => user.name).sort()).toEqual(["Ada", "Bob"]);
});
