import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import * as plugins from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { expect, test } from "vitest";
import type { Call } from "../../../../src/device-sessions/events.js";
import { effectOf } from "../../../../src/device-sessions/wire/paths.js";
import { everyDeclared } from "../../../conformance/operations/declared.js";
import { browserWithoutServer, everyOperation } from "../../../conformance/operations/every-operation.js";
import { openIdentityTab } from "../../../support/identity-server.js";

type Effect = Call["effect"];

// Every path of the installed Better Auth, with what it can do to the device. An upgrade that brings a new path, or takes
// one away, is red here: read what it does, and write it down.

const paths: Readonly<Record<Effect, string>> = {
	change: `
		POST /admin/ban-user
		POST /admin/impersonate-user
		POST /admin/remove-user
		POST /admin/revoke-user-session
		POST /admin/revoke-user-sessions
		POST /admin/stop-impersonating
		GET /callback/:id
		POST /callback/:id
		GET /callback/:id/oauth-proxy
		POST /change-password
		POST /delete-anonymous-user
		POST /delete-user
		GET /delete-user/callback
		POST /device/token
		POST /email-otp/verify-email
		GET /magic-link/verify
		POST /multi-session/revoke
		POST /multi-session/set-active
		GET /oauth-proxy-callback
		POST /one-tap/callback
		POST /one-time-token/verify
		POST /phone-number/verify
		POST /revoke-other-sessions
		POST /revoke-session
		POST /revoke-sessions
		POST /sign-in/anonymous
		POST /sign-in/email
		POST /sign-in/email-otp
		POST /sign-in/phone-number
		POST /sign-in/social
		POST /sign-in/username
		POST /sign-out
		POST /sign-up/email
		POST /siwe/verify
		POST /two-factor/disable
		POST /two-factor/enable
		POST /two-factor/verify-backup-code
		POST /two-factor/verify-otp
		POST /two-factor/verify-totp
		GET /verify-email`,
	data: `
		POST /admin/set-role
		POST /admin/update-user
		POST /change-email
		POST /email-otp/change-email
		POST /link-social
		POST /organization/accept-invitation
		POST /organization/add-team-member
		POST /organization/cancel-invitation
		POST /organization/create
		POST /organization/create-role
		POST /organization/create-team
		POST /organization/delete
		POST /organization/delete-role
		POST /organization/invite-member
		POST /organization/leave
		POST /organization/reject-invitation
		POST /organization/remove-member
		POST /organization/remove-team
		POST /organization/remove-team-member
		POST /organization/set-active
		POST /organization/set-active-team
		POST /organization/update
		POST /organization/update-member-role
		POST /organization/update-role
		POST /organization/update-team
		POST /update-session
		POST /update-user`,
	look: `
		GET /get-session
		POST /get-session`,
	harmless: `
		GET /account-info
		POST /admin/create-user
		GET /admin/get-user
		POST /admin/has-permission
		POST /admin/list-user-sessions
		GET /admin/list-users
		POST /admin/unban-user
		GET /device
		POST /device/approve
		POST /device/code
		POST /device/deny
		POST /email-otp/check-verification-otp
		POST /email-otp/request-email-change
		POST /email-otp/request-password-reset
		POST /email-otp/send-verification-otp
		GET /error
		POST /forget-password/email-otp
		POST /get-access-token
		POST /is-username-available
		GET /jwks
		GET /list-accounts
		GET /list-sessions
		GET /multi-session/list-device-sessions
		GET /oauth-popup/start
		GET /ok
		GET /one-time-token/generate
		GET /open-api/generate-schema
		POST /organization/check-slug
		GET /organization/get-active-member
		GET /organization/get-active-member-role
		GET /organization/get-full-organization
		GET /organization/get-invitation
		GET /organization/get-organization
		GET /organization/get-role
		POST /organization/has-permission
		GET /organization/list
		GET /organization/list-invitations
		GET /organization/list-members
		GET /organization/list-roles
		GET /organization/list-team-members
		GET /organization/list-teams
		GET /organization/list-user-invitations
		GET /organization/list-user-teams
		POST /phone-number/request-password-reset
		POST /phone-number/send-otp
		GET /reference
		POST /refresh-token
		POST /request-password-reset
		GET /reset-password/:token
		POST /send-verification-email
		POST /sign-in/magic-link
		POST /siwe/get-nonce
		POST /siwe/nonce
		GET /token
		POST /two-factor/generate-backup-codes
		POST /two-factor/get-totp-uri
		POST /two-factor/send-otp
		POST /unlink-account
		POST /verify-password`,
	// A new password ends the sessions of its user, some of which may be on this device, where the server is set so.
	unknown: `
		POST /admin/set-user-password
		POST /email-otp/reset-password
		POST /phone-number/reset-password
		POST /reset-password`,
};

const linesOf = (text: string) => text.trim().split(/\s*\n\s*/);
const expected = new Map(
	// Safe: the keys of that very table.
	(Object.entries(paths) as [Effect, string][]).flatMap(([effect, text]) =>
		linesOf(text).map((line): [string, Effect] => [line, effect]),
	),
);

const nothing = async () => {};
const provider = {
	providerId: "own",
	clientId: "id",
	clientSecret: "secret",
	authorizationUrl: "https://example.com/authorize",
	tokenUrl: "https://example.com/token",
};

/** Each of Better Auth's server plugins, with all that it can do switched on. */
const everyPlugin = {
	admin: plugins.admin(),
	anonymous: plugins.anonymous(),
	bearer: plugins.bearer(),
	captcha: plugins.captcha({ provider: "cloudflare-turnstile", secretKey: "secret" }),
	customSession: plugins.customSession(async (session) => session),
	deviceAuthorization: plugins.deviceAuthorization({ verificationUri: "/device" }),
	emailOTP: plugins.emailOTP({ sendVerificationOTP: nothing, changeEmail: { enabled: true } }),
	genericOAuth: plugins.genericOAuth({ config: [provider] }),
	haveIBeenPwned: plugins.haveIBeenPwned(),
	jwt: plugins.jwt(),
	lastLoginMethod: plugins.lastLoginMethod(),
	magicLink: plugins.magicLink({ sendMagicLink: nothing }),
	multiSession: plugins.multiSession(),
	oAuthProxy: plugins.oAuthProxy(),
	oauthPopup: plugins.oauthPopup(),
	oneTap: plugins.oneTap(),
	oneTimeToken: plugins.oneTimeToken(),
	openAPI: plugins.openAPI(),
	organization: plugins.organization({
		teams: { enabled: true },
		dynamicAccessControl: { enabled: true },
		ac: createAccessControl({}),
	}),
	phoneNumber: plugins.phoneNumber({ sendOTP: nothing }),
	siwe: plugins.siwe({ domain: "example.com", getNonce: async () => "nonce", verifyMessage: async () => true }),
	testUtils: plugins.testUtils(),
	twoFactor: plugins.twoFactor(),
	username: plugins.username(),
};

/** What the module exports besides plugins: helpers of theirs, and providers for genericOAuth. */
const noPlugins = linesOf(`
	auth0 createAccessControl createJwk deviceAuthorizationOptionsSchema generateExportedKeyPair getJwtToken getOrgAdapter
	gumroad hasPermission hubspot isPasswordCompromised keycloak line microsoftEntraId okta parseRoles patreon
	redeemDeviceCode resolveSigningKey role signJWT slack toExpJWT twoFactorClient verifyJWT yandex
	ERROR_CODES HIDE_METADATA OAUTH_POPUP_COMPLETE_SCRIPT OAUTH_POPUP_DATA_ELEMENT_ID OAUTH_POPUP_ERROR_CODES
	OAUTH_POPUP_MESSAGE_TYPE OAUTH_POPUP_SCRIPT_CSP_HASH POPUP_MARKER_COOKIE TWO_FACTOR_ERROR_CODES
	USERNAME_ERROR_CODES`).flatMap((line) => line.split(" "));

/** Every path of these endpoints, by method; without one an endpoint is for the server's own code. */
function pathsOf(endpoints: object): string[] {
	return Object.values(endpoints).flatMap((endpoint: { path?: string; options?: { method?: string | string[] } }) =>
		endpoint.path === undefined ? [] : [endpoint.options?.method].flat().map((method) => `${method} ${endpoint.path}`),
	);
}

const server = betterAuth({
	baseURL: "http://localhost:3000",
	secret: "a secret for tests that is long enough",
	database: memoryAdapter({}),
	emailAndPassword: { enabled: true },
	logger: { disabled: true },
	telemetry: { enabled: false },
});
const installed = [
	...new Set([
		...pathsOf(server.api),
		...Object.values(everyPlugin).flatMap((plugin) => pathsOf("endpoints" in plugin ? plugin.endpoints : {})),
	]),
];

test("no plugin of the installed Better Auth is left out", () => {
	expect(Object.keys(plugins).sort()).toEqual([...Object.keys(everyPlugin), ...noPlugins].sort());
});

test("every path of the installed Better Auth is in the table, and no other one", () => {
	expect(installed.toSorted()).toEqual([...expected.keys()].toSorted());
});

test.each([...expected].map(([line, effect]) => ({ line, effect })))("$line: $effect", ({ line, effect }) => {
	const [method = "", path = ""] = line.split(" ");
	expect(effectOf(method, path.replace(/:\w+/, "some-id"))).toBe(effect);
});

// Of packages that are not installed here.
test.each<[string, string, Effect]>([
	["GET", "/passkey/generate-authenticate-options", "harmless"],
	["POST", "/passkey/verify-authentication", "change"],
	["POST", "/passkey/verify-registration", "change"],
	["POST", "/sign-in/sso", "change"],
	["POST", "/sign-in/oauth2", "change"],
	["POST", "/sso/saml2/callback/okta", "change"],
	["GET", "/oauth2/callback/own", "change"],
	["POST", "/subscription/upgrade", "unknown"],
	["POST", "/api-key/create", "unknown"],
])("%s %s, of a package of its own: %s", (method, path, effect) => {
	expect(effectOf(method, path)).toBe(effect);
});

test.each<[string, string, Effect]>([
	["GET", "/orders", "harmless"],
	["POST", "/orders", "unknown"],
	["DELETE", "/orders/1", "unknown"],
	["POST", "/sign-outs", "unknown"],
	["POST", "/get-session-notes", "unknown"],
	["POST", "/", "unknown"],
	["GET", "/", "harmless"],
])("%s %s, of the app's own plugin: %s", (method, path, effect) => {
	expect(effectOf(method, path)).toBe(effect);
});

test.each<[string, string, Effect]>([
	["POST", "/sign-in/magic-links", "change"],
	["POST", "/organization/check-slugs", "data"],
	["POST", "/change-password-hint", "unknown"],
	["POST", "/verify-email-hint", "unknown"],
	["POST", "/update-users", "unknown"],
	["POST", "/verify-password-hint", "unknown"],
	["POST", "/refresh-tokens", "unknown"],
])("%s %s, which only begins as one of Better Auth's does: %s", (method, path, effect) => {
	expect(effectOf(method, path)).toBe(effect);
});

test("below a folder of the app's own no path is Better Auth's, but for a callback", () => {
	const found = [...expected.keys()].flatMap((line) => {
		const [method = "", path = ""] = line.split(" ");
		return method === "POST" && effectOf(method, `/own${path}`) !== "unknown" ? [path] : [];
	});
	expect(found.toSorted()).toEqual(["/callback/:id", "/one-tap/callback"]);
});

/** For server code: it sends nothing. */
const changing = everyDeclared().filter(([name, { mutatesSession }]) => mutatesSession && name !== "Password.Set");

test.each(changing)("%s, which changes the session, is a change or data on the wire", async (name) => {
	const operation = everyOperation.find((each) => each.name === name);
	const browser = browserWithoutServer();
	const answer = await operation?.run(openIdentityTab(browser), "a-token");
	expect(answer?.error?.kind).toBe("network");
	const [method = "", path = ""] = browser.requests.at(0)?.split(" ") ?? [];
	expect(["change", "data"]).toContain(effectOf(method, path));
});
