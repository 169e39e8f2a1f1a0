import { describe, expect, test } from "vitest";
import { createIdentityServer, type IdentityTab, openIdentityTab } from "../../support/identity-server.js";
import { createBrowser, password, signUp } from "../../support/real-server.js";
import { must } from "../../support/scenes.js";
import { tokenOf } from "../operations/every-operation.js";

// A call of the app goes out as Bob, the device switches to Ada, and then the answer to Bob's call arrives. Its cookie
// decides who is active. No operation of this package is called here, only Better Auth's own client.

/** When the server handles Bob's call. Its answer comes after the switch in both cases. */
const handled = ["before", "after"] as const;

interface Late {
	readonly path: string;
	readonly call: (client: IdentityTab) => Promise<{ readonly error: unknown }>;
	readonly handled: (typeof handled)[number];
	/** The session is due for renewal. */
	readonly isDue?: boolean;
	readonly options?: Parameters<typeof createIdentityServer>[0];
}

/** A device of Ada and Bob on which the answer to Bob's call came after the switch to Ada. */
async function answerLate({ path, call, handled, isDue = false, options }: Late) {
	const server = createIdentityServer({
		user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } },
		...options,
	});
	let isLate = false;
	let letSwitch = () => {};
	let letAnswer = () => {};
	const mayAnswer = new Promise<void>((resolve) => {
		letAnswer = resolve;
	});
	const browser = createBrowser({
		auth: {
			async handler(request) {
				if (!isLate || !new URL(request.url).pathname.endsWith(path)) return server.auth.handler(request);
				if (handled === "after") {
					letSwitch();
					await mayAnswer;
				}
				const response = await server.auth.handler(request);
				letSwitch();
				await mayAnswer;
				return response;
			},
		},
	});
	await signUp(browser, "Ada", "Bob");
	const client = openIdentityTab(browser);
	await must(client.organization.create({ name: "Acme", slug: "acme" }));
	if (isDue) for (const session of server.sessions()) session["expiresAt"] = new Date(Date.now() + 60_000);

	isLate = true;
	const maySwitch = new Promise<void>((resolve) => {
		letSwitch = resolve;
	});
	const answer = call(client);
	await maySwitch;
	await must(client.multiSession.setActive({ sessionToken: tokenOf(server, "Ada") }));
	expect(browser.activeToken()).toBe(tokenOf(server, "Ada"));
	isLate = false;
	letAnswer();
	expect((await answer).error).toBeNull();

	const session = server.sessions().find(({ token }) => token === browser.activeToken());
	const user = server.db["user"]?.find(({ id }) => id === session?.["userId"]);
	return { browser, client, active: user?.["email"] };
}

const passwords = { currentPassword: password, newPassword: `new ${password}` };
const ada = "ada@example.com";
/** Bob, also with a new address. */
const bob = expect.stringMatching(/^bob/);

describe.each(handled)("a call of the app that the server handles %s a switch, answered after it,", (handled) => {
	test.each<[string, Late["call"]]>([
		["/update-user", (client) => client.updateUser({ image: "https://example.com/bob.png" })],
		["/change-email", (client) => client.changeEmail({ newEmail: "bobby@example.com" })],
		["/change-password", (client) => client.changePassword({ ...passwords, revokeOtherSessions: true })],
		["/organization/set-active", (client) => client.organization.setActive({ organizationSlug: "acme" })],
	])("always puts the old account's cookie back: %s", async (path, call) => {
		expect((await answerLate({ path, call, handled })).active).toEqual(bob);
	});

	describe.each<[string, Late["call"]]>([
		["/get-session", (client) => client.getSession()],
		["/list-sessions", (client) => client.listSessions()],
		["/list-accounts", (client) => client.listAccounts()],
		["/organization/list", (client) => client.organization.list()],
		// Only together with revokeOtherSessions does it make a new session.
		["/change-password", (client) => client.changePassword(passwords)],
	])("%s", (path, call) => {
		test("puts the old account's cookie back when the session is due for renewal", async () => {
			expect((await answerLate({ path, call, handled, isDue: true })).active).toEqual(bob);
		});

		test("leaves the switch as it is when the session is not due", async () => {
			expect((await answerLate({ path, call, handled })).active).toEqual(ada);
		});
	});

	test("puts the old account's cached data back where there is a cookie cache, but get-session names the new account", async () => {
		const { browser, client, active } = await answerLate({
			path: "/get-session",
			call: (client) => client.getSession({ query: { disableCookieCache: true } }),
			handled,
			options: { session: { cookieCache: { enabled: true, maxAge: 300 } } },
		});
		const cached = decodeURIComponent(browser.cookies.get("better-auth.session_data") ?? "");
		expect(Buffer.from(cached, "base64url").toString()).toContain("bob@example.com");
		expect(active).toBe(ada);
		expect((await client.getSession()).data?.user.email).toBe(ada);
	});
});
