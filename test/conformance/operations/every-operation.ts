import { inspect } from "node:util";
import { createAuthClient } from "better-auth/client";
import { Core, MultiSession, type OperationError } from "../../../src/index.js";
import { createIdentityServer, identityClientOptions, openIdentityTab } from "../../support/identity-server.js";
import { type Browser, createBrowser, createRealServer, type RealServer, signUp } from "../../support/real-server.js";
import { people } from "../../support/scenes.js";
import { declare, type EveryOperation, identityOperations } from "./identity-operations.js";

export type { EveryOperation } from "./identity-operations.js";

const row =
	"session session.token session.userId session.expiresAt session.createdAt session.updatedAt user user.id user.name user.email user.emailVerified user.createdAt user.updatedAt";

const ofAda = async () => {
	const scene = await people(["Ada", "Grace"]);
	return { ...scene, sent: tokenOf(scene.server, "Ada") };
};
const otherToken = async () => ({ ...(await people(["Ada"])), sent: "another-token" });
const nobody = async () => {
	const server = createIdentityServer();
	return { server, browser: createBrowser(server), sent: "a-token" };
};

export const everyOperation: readonly EveryOperation[] = [
	declare({
		name: "MultiSession.ListSessions",
		operation: "multiSession.listDeviceSessions",
		path: "/multi-session/list-device-sessions",
		traits: "g-",
		run: (client, _, options) => MultiSession.ListSessions(client, options),
		ready: ofAda,
		refusal: null,
		required: row.replaceAll(/(\S+)/g, "[].$1"),
	}),
	declare({
		name: "Core.GetSession",
		operation: "getSession",
		path: "/get-session",
		traits: "gn-",
		run: (client, _, options) => Core.GetSession(client, options),
		ready: ofAda,
		refusal: null,
		required: row,
	}),
	declare({
		name: "MultiSession.SetActive",
		operation: "multiSession.setActive",
		path: "/multi-session/set-active",
		traits: "ms",
		run: (client, sent, options) => MultiSession.SetActive(client, { sessionToken: sent }, options),
		ready: ofAda,
		refusal: { kind: "session-gone", status: 401, code: "INVALID_SESSION_TOKEN", ready: otherToken },
		required: row,
	}),
	declare({
		name: "MultiSession.Revoke",
		operation: "multiSession.revoke",
		path: "/multi-session/revoke",
		traits: "ms",
		run: (client, sent, options) => MultiSession.Revoke(client, { sessionToken: sent }, options),
		ready: ofAda,
		refusal: { kind: "session-gone", status: 401, code: "INVALID_SESSION_TOKEN", ready: otherToken },
		required: "status",
	}),
	declare({
		name: "Core.SignOut",
		operation: "signOut",
		path: "/sign-out",
		traits: "ms",
		run: (client, sent, options) => Core.SignOut(client, { callbackURL: sent }, options),
		ready: ofAda,
		refusal: null,
		required: "success",
	}),
	declare({
		name: "Core.RevokeSession",
		operation: "revokeSession",
		path: "/revoke-session",
		traits: "ms",
		run: (client, sent, options) => Core.RevokeSession(client, { token: sent }, options),
		ready: ofAda,
		refusal: { kind: "unauthorized", status: 401, code: "UNAUTHORIZED", ready: nobody },
		required: "status",
	}),
	...identityOperations,
];

/** Those with a string in the payload that a test chooses. */
export const sending = everyOperation.filter(({ sends }) => sends);

/** The token of somebody's latest session. */
export function tokenOf({ db, sessions }: RealServer, name: string): string {
	const user = db["user"]?.find((row) => row["name"] === name);
	const token = sessions()
		.filter((row) => row["userId"] === user?.["id"])
		.at(-1)?.["token"];
	if (typeof token !== "string") throw new Error(`${name} is not signed in`);
	return token;
}

/** A device on a real server with these people signed in, the last one active. */
export async function signedIn(names: string[], options: Parameters<typeof createRealServer>[0] = {}) {
	const server = createRealServer(options);
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { server, browser, client: openIdentityTab(browser), token: (name: string) => tokenOf(server, name) };
}

/** A client made with `throw: true`. */
export function openThrowingTab(browser: Browser) {
	const options = identityClientOptions(browser);
	return createAuthClient({ ...options, fetchOptions: { ...options.fetchOptions, throw: true } });
}

/** A client that leaves dates as the strings they are on the wire, as JSON from a server-rendered page would. */
export function openPlainJsonTab(browser: Browser) {
	const options = identityClientOptions(browser);
	const jsonParser = (text: string) => JSON.parse(text) as unknown;
	return createAuthClient({ ...options, fetchOptions: { ...options.fetchOptions, jsonParser } });
}

/** The body that a real server answers this operation with. */
export async function realAnswer({ path, ready, run }: EveryOperation): Promise<unknown> {
	const { browser, sent } = await ready();
	let body: unknown;
	browser.answer(path, async (request) => {
		const response = await browser.pass(request);
		body = await response.clone().json();
		return response;
	});
	const { error } = await run(openIdentityTab(browser), sent);
	if (error) throw error;
	return body;
}

/** A browser with nothing behind it: for answers that a test makes up, and requests that it holds or counts. */
export const browserWithoutServer = () =>
	createBrowser({ auth: { handler: () => Promise.reject(new Error("no server is meant to be asked")) } });

/** A client whose every request is answered so. */
export function answeredBy({ path }: Pick<EveryOperation, "path">, how: () => Response | Error) {
	const browser = browserWithoutServer();
	browser.answer(path, how);
	return { browser, client: openIdentityTab(browser) };
}

/** Everything that a log, a console or an error report could show of an error. */
export const everythingIn = (error: OperationError): string =>
	[
		error.message,
		error.code,
		error.stack,
		String(error),
		JSON.stringify(error),
		inspect(error, { depth: 20, showHidden: true }),
	].join("\n");
