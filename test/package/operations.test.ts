import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAuthClient } from "better-auth/client";
import { multiSessionClient, usernameClient } from "better-auth/client/plugins";
import { multiSession, username } from "better-auth/plugins";
import { createDeviceSessions } from "device-sessions";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { describeModules } from "../../docs/operations/describe.js";
import { fill } from "../../docs/operations/table.js";
import { everyDeclared } from "../conformance/operations/declared.js";
import { createBrowser, createRealServer, password } from "../support/real-server.js";
import { root } from "./pack.js";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/operations.md");
const modules = describeModules();
/** What a table's first column names, in a section. */
const named = (text: string, title: string) =>
	[...(text.split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? "").matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);

test("docs/operations.md has the tables that `npm run operations` would write; others would put it out of date", () => {
	expect(fill(page, modules)).toBe(page);
	expect(fill(page, modules.slice(1))).not.toBe(page);
});

test("docs/operations.md shows every operation, with a link to where it is declared", () => {
	const rows = [...page.matchAll(/^\| \[`([\w.]+)`\]\(https:\S+\/blob\/main\/(\S+)\)/gm)];
	const declared = everyDeclared();
	expect(rows.map(([, name]) => name).sort()).toEqual(declared.map(([name]) => name).sort());
	for (const [, name, source = ""] of rows) {
		const [, operation] = declared.find(([one]) => one === name) ?? [];
		expect(read(source)).toContain(`operation: "${operation?.operation}",`);
	}
});

test("docs/operations.md names every kind that an operation answers; the others are the store's own", () => {
	const own = named(page, "Errors");
	const rest = named(read("docs/errors.md"), "Kinds").filter((kind) => !own.includes(kind));
	expect(own).not.toHaveLength(0);
	expect(rest.sort()).toEqual([
		"active-unlisted",
		"busy",
		"conflict",
		"destroyed",
		"partial",
		"refused",
		"superseded",
		"unknown-session",
	]);
});

describe("the operations that docs/operations.md declares for a plugin", async () => {
	const folder = join(root, "test/artifacts/operations");
	const code = /^```ts\n(\/\/ username\.ts\n[\s\S]*?)^```$/m.exec(page)?.[1] ?? "";
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "username.ts"), code);
	const { IsAvailable, SignInWithUsername } = await import(join(folder, "username.ts"));
	rmSync(folder, { recursive: true });

	async function open() {
		vi.stubGlobal("window", globalThis);
		onTestFinished(() => void vi.unstubAllGlobals());
		const server = createRealServer({ plugins: [multiSession(), username()] });
		const { clientOptions } = createBrowser(server);
		const client = createAuthClient({ ...clientOptions, plugins: [multiSessionClient(), usernameClient()] });
		await client.signUp.email({ name: "Ada", email: "ada@example.com", password, username: "ada" });
		await client.signOut();
		return client;
	}

	test("are checked: a bad payload is not sent, a refusal has the server's code and nothing that was sent", async () => {
		const client = await open();
		expect((await IsAvailable(client, { username: "ada" })).data).toEqual({ available: false });
		expect((await IsAvailable(client, { username: "grace" })).data).toEqual({ available: true });
		const bad = await SignInWithUsername(client, { username: "a", password });
		expect([bad.error.kind, bad.error.issues[0].path]).toEqual(["invalid-input", "username"]);
		const { error } = await SignInWithUsername(client, { username: "ada", password: "a wrong password" });
		expect([error.kind, error.code]).toEqual(["unauthorized", "INVALID_USERNAME_OR_PASSWORD"]);
		expect(JSON.stringify(error)).not.toContain("a wrong password");
	});

	test("show in the store: a sign-in adds the account and makes it active", async () => {
		const client = await open();
		const deviceSessions = createDeviceSessions(client);
		const stop = deviceSessions.subscribe(() => {});
		onTestFinished(async () => {
			stop();
			await deviceSessions.destroy();
		});
		await vi.waitUntil(() => deviceSessions.value?.isPending === false);
		expect((await SignInWithUsername(client, { username: "ada", password })).data.user.email).toBe("ada@example.com");
		// The store reads by itself once a second.
		await vi.waitUntil(() => deviceSessions.value?.active?.user.name === "Ada", 5_000);
	});
});
