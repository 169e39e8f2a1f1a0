import { inspect } from "node:util";
import { createAuthClient } from "better-auth/client";
import {
	Core,
	type DeviceSessionsClient,
	MultiSession,
	type OperationError,
	type OperationOptions,
	type Result,
} from "../../../src/index.js";
import { type Browser, createBrowser, createRealServer, type RealServer, signUp } from "../../support/real-server.js";

/** What the operations have in common is asked of each of them. */
export interface EveryOperation {
	/** As `error.operation` says it. */
	readonly operation: string;
	readonly path: string;
	/** Changes the session. */
	readonly mutates: boolean;
	/** `sent` is the one string in the payload: a token, or an address to come back to. */
	run(client: DeviceSessionsClient, sent: string, options?: OperationOptions): Promise<Result<unknown>>;
}

export const reads: readonly EveryOperation[] = [
	{
		operation: "multiSession.listDeviceSessions",
		path: "/multi-session/list-device-sessions",
		mutates: false,
		run: (client, _, options) => MultiSession.ListSessions(client, options),
	},
	{
		operation: "getSession",
		path: "/get-session",
		mutates: false,
		run: (client, _, options) => Core.GetSession(client, options),
	},
];

export const mutations: readonly EveryOperation[] = [
	{
		operation: "multiSession.setActive",
		path: "/multi-session/set-active",
		mutates: true,
		run: (client, sent, options) => MultiSession.SetActive(client, { sessionToken: sent }, options),
	},
	{
		operation: "multiSession.revoke",
		path: "/multi-session/revoke",
		mutates: true,
		run: (client, sent, options) => MultiSession.Revoke(client, { sessionToken: sent }, options),
	},
	{
		operation: "signOut",
		path: "/sign-out",
		mutates: true,
		run: (client, sent, options) => Core.SignOut(client, { callbackURL: sent }, options),
	},
	{
		operation: "revokeSession",
		path: "/revoke-session",
		mutates: true,
		run: (client, sent, options) => Core.RevokeSession(client, { token: sent }, options),
	},
];

export const everyOperation = [...reads, ...mutations];

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
	return { server, browser, client: browser.openTab(), token: (name: string) => tokenOf(server, name) };
}

/** A client made with `throw: true`. */
export const openThrowingTab = ({ clientOptions }: Browser) =>
	createAuthClient({ ...clientOptions, fetchOptions: { ...clientOptions.fetchOptions, throw: true } });

/** A client that leaves dates as the strings they are on the wire, as JSON from a server-rendered page would. */
export const openPlainJsonTab = ({ clientOptions }: Browser) =>
	createAuthClient({
		...clientOptions,
		fetchOptions: { ...clientOptions.fetchOptions, jsonParser: (text: string) => JSON.parse(text) as unknown },
	});

/** The body that a real server answers this operation with. */
export async function realAnswer({ run }: EveryOperation): Promise<unknown> {
	const { browser, token } = await signedIn(["Ada", "Grace"]);
	let body: unknown;
	const customFetchImpl: typeof fetch = async (input, init) => {
		const response = await browser.send(input, init);
		body = await response.clone().json();
		return response;
	};
	const { error } = await run(
		createAuthClient({ ...browser.clientOptions, fetchOptions: { customFetchImpl } }),
		token("Ada"),
	);
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
	return { browser, client: browser.openTab() };
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
