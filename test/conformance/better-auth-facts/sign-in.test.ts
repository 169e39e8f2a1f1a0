import { afterEach, describe, expect, test, vi } from "vitest";
import { openIdentityTab } from "../../support/identity-server.js";
import { origin, password } from "../../support/real-server.js";
import { challenge, must } from "../../support/scenes.js";
import { totp } from "../../support/totp.js";
import { signedIn, tokenOf } from "../operations/every-operation.js";

// What a sign-in does to the device. No operation of this package is called here.

afterEach(() => vi.useRealTimers());

test("two sign-ins of one user, sent with the same cookies, leave two sessions, one of them out of the list", async () => {
	const { server, browser, client } = await signedIn(["Ada"]);
	await client.signOut();
	const cookie = browser.cookieHeader();
	const signIn = () =>
		browser.pass(
			new Request(`${origin}/api/auth/sign-in/email`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ email: "ada@example.com", password }),
			}),
			cookie,
		);
	for (const response of await Promise.all([signIn(), signIn()])) expect(response.status).toBe(200);
	expect(server.sessions()).toHaveLength(2);
	expect((await client.multiSession.listDeviceSessions()).data).toHaveLength(1);
});

test.each<[string, (client: ReturnType<typeof openIdentityTab>) => Promise<{ error: unknown }>]>([
	["signUp.email", ({ signUp }) => signUp.email({ name: "Grace", email: "grace@example.com", password })],
	["signIn.email", ({ signIn }) => signIn.email({ email: "ada@example.com", password })],
])("%s is signalled 10 ms after its answer: what the app calls right after it comes first", async (_, run) => {
	const { browser, client } = await signedIn(["Ada"]);
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const fired = vi.fn();
	client.$store.atoms["$sessionSignal"]?.listen(fired);
	expect((await run(client)).error).toBeNull();
	await client.multiSession.listDeviceSessions();
	vi.advanceTimersByTime(9);
	expect(fired).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(fired).toHaveBeenCalledOnce();
	expect(browser.requests.at(-1)).toBe("GET /multi-session/list-device-sessions");
});

describe("while a second factor is asked for", () => {
	const graceAndAda = async () => {
		const scene = await challenge(["Grace"]);
		return { ...scene, client: openIdentityTab(scene.browser) };
	};

	test("the session cookie is gone, though another account is signed in: get-session is null, the list has that account", async () => {
		const { browser, client } = await graceAndAda();
		expect(browser.cookies.has("better-auth.session_token")).toBe(false);
		expect((await client.getSession()).data).toBeNull();
		expect((await client.multiSession.listDeviceSessions()).data?.map(({ user }) => user.name)).toEqual(["Grace"]);
	});

	test("the code signs in as long as no other account is made active", async () => {
		const { server, browser, client, uri } = await graceAndAda();
		await must(client.twoFactor.verifyTotp({ code: totp(uri) }));
		expect(browser.activeToken()).toBe(tokenOf(server, "Ada"));
	});

	test.each<[string, "OTP_HAS_EXPIRED" | "TOTP_NOT_ENABLED"]>([
		["mailed", "OTP_HAS_EXPIRED"],
		["authenticator's", "TOTP_NOT_ENABLED"],
	])("making another account active takes the challenge away: the %s code is refused with %s", async (kind, code) => {
		const { server, client, uri } = await graceAndAda();
		await must(client.twoFactor.sendOtp());
		await must(client.multiSession.setActive({ sessionToken: tokenOf(server, "Grace") }));
		const { error } =
			kind === "mailed"
				? await client.twoFactor.verifyOtp({ code: server.mailed("otp") })
				: await client.twoFactor.verifyTotp({ code: totp(uri) });
		expect(error).toMatchObject({ code });
	});
});
