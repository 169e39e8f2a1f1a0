import { expect, test } from "vitest";
import { Password, SignIn } from "../../../src/index.js";
import { openIdentityTab } from "../../support/identity-server.js";
import { mailOf, people } from "../../support/scenes.js";
import { everythingIn } from "./every-operation.js";

const newPassword = "another horse battery staple";

/** A request of Ada's, as a server gets it, and the server's own Better Auth. */
async function requestOfAda() {
	const { browser, server } = await people(["Ada"]);
	const headers = new Headers({ cookie: browser.cookieHeader() });
	/** As somebody who has come through a provider. */
	const forget = () => {
		server.db["account"] = [];
	};
	return { client: openIdentityTab(browser), forget, headers, server };
}

test("an account without a password gets its first one, on the server", async () => {
	const { client, forget, headers, server } = await requestOfAda();
	forget();
	const answer = await Password.Set(server.auth, { newPassword }, { fetchOptions: { headers } });
	expect(answer).toEqual({ data: { status: true }, error: null });
	expect((await SignIn.Email(client, { email: mailOf("Ada"), password: newPassword })).error).toBeNull();
});

test("one that has a password keeps it, and the error is of the form of all the others", async () => {
	const { headers, server } = await requestOfAda();
	const { data, error } = await Password.Set(server.auth, { newPassword }, { fetchOptions: { headers } });
	expect(data).toBeNull();
	expect(error).toMatchObject({
		name: "OperationError",
		kind: "rejected",
		operation: "setPassword",
		status: 400,
		code: "PASSWORD_ALREADY_SET",
		message: "The server answered PASSWORD_ALREADY_SET.",
	});
});

test("a request of nobody is unauthorized, with headers and without", async () => {
	const { server } = await requestOfAda();
	const kinds = [
		await Password.Set(server.auth, { newPassword }, { fetchOptions: { headers: new Headers() } }),
		await Password.Set(server.auth, { newPassword }),
	].map(({ error }) => error?.kind);
	expect(kinds).toEqual(["unauthorized", "unauthorized"]);
});

test("a password that is too short for the server is rejected by it; an empty one never gets there", async () => {
	const { forget, headers, server } = await requestOfAda();
	forget();
	const short = await Password.Set(server.auth, { newPassword: "x" }, { fetchOptions: { headers } });
	expect(short.error).toMatchObject({ kind: "rejected", code: "PASSWORD_TOO_SHORT" });
	const empty = await Password.Set(server.auth, { newPassword: "" }, { fetchOptions: { headers } });
	expect(empty.error).toMatchObject({ kind: "invalid-input", issues: [{ path: "newPassword" }] });
});

test("a server that breaks is a server error, without what was sent or what broke", async () => {
	const auth = {
		api: {
			setPassword: () => Promise.reject(new Error(`no database for ${newPassword}`)),
		},
	};
	const { error } = await Password.Set(auth, { newPassword }, { fetchOptions: { headers: { cookie: "a-cookie" } } });
	expect(error).toMatchObject({ kind: "server", status: 500 });
	expect(error && everythingIn(error)).not.toMatch(/horse|database|a-cookie/);
});

test("from a client there is no such call", async () => {
	const { client } = await requestOfAda();
	// Safe: any path of a client's proxy is a function; a page without types may try.
	const { error } = await Password.Set(client as never, { newPassword });
	expect(error).toMatchObject({ kind: "rejected", status: 404 });
});
