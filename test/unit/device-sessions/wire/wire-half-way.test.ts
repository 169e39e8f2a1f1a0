import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";
import { expect, test } from "vitest";
import { createWire } from "../../../../src/device-sessions/wire/wire.js";
import { baseURL, open, type Respond, write } from "./client.js";

test("a sign-in that asks for a second factor ends half-way", async () => {
	const { $fetch, told } = open(async () => Response.json({ twoFactorRedirect: true, twoFactorMethods: ["totp"] }));
	const { data } = await $fetch("/sign-in/email", { method: "POST", body: {} });
	expect(data).toMatchObject({ twoFactorRedirect: true });
	expect(told).toEqual(["began POST /sign-in/email", "ended POST /sign-in/email: 200, half-way"]);
});

test("a second factor that the app asks for inside its own hook is verified after the sign-in was half-way", async () => {
	const wire = createWire();
	const told: string[] = [];
	wire.listen(write(told));
	const customFetchImpl: typeof fetch = async (input) =>
		Response.json({ twoFactorRedirect: String(input).endsWith("/sign-in/email") });
	const client = createAuthClient({
		baseURL,
		plugins: [
			twoFactorClient({ onTwoFactorRedirect: () => verify() }),
			{ id: "wire", fetchPlugins: [wire.fetchPlugin] },
		],
		fetchOptions: { customFetchImpl },
	});
	const verify = async (): Promise<void> => void (await client.twoFactor.verifyTotp({ code: "123456" }));
	await client.signIn.email({ email: "ada@example.com", password: "secret" });
	expect(told).toEqual([
		"began POST /sign-in/email",
		"ended POST /sign-in/email: 200, half-way",
		"began POST /two-factor/verify-totp",
		"ended POST /two-factor/verify-totp: 200",
	]);
});

test.each<[string, string, Respond]>([
	["without one", "/sign-in/email", async () => Response.json({ twoFactorRedirect: false })],
	["that is refused", "/sign-in/email", async () => Response.json({ twoFactorRedirect: true }, { status: 401 })],
	["with a page for an answer", "/sign-in/email", async () => new Response("<!doctype html>")],
	["with null for an answer", "/sign-in/email", async () => Response.json(null)],
	["with nothing for an answer", "/sign-in/email", async () => new Response(null)],
	["of another server", "https://example.com/sign-in", async () => Response.json({ twoFactorRedirect: true })],
	["that is only a look", "/get-session", async () => Response.json({ twoFactorRedirect: true })],
])("a sign-in %s is not half-way", async (_, path, respond) => {
	const { $fetch, told } = open(respond);
	await $fetch(path, { method: "POST", body: {} });
	const ends = told.filter((line) => line.startsWith("ended"));
	expect(ends.length).toBe(path.startsWith("/") ? 1 : 0);
	expect(ends.join()).not.toContain("half-way");
});

test("a sign-in that was aborted while its answer was looked at is half-way by what comes late", async () => {
	const controller = new AbortController();
	const { $fetch, told } = open(async () => {
		queueMicrotask(() => controller.abort());
		return Response.json({ twoFactorRedirect: true });
	});
	await $fetch("/sign-in/email", { method: "POST", body: {}, signal: controller.signal });
	expect(told).toEqual([
		"began POST /sign-in/email",
		"ended POST /sign-in/email: null",
		"began POST /sign-in/email",
		"ended POST /sign-in/email: 200, half-way",
	]);
});

const broken = () => new ReadableStream({ start: (stream) => stream.error(new TypeError("Failed to fetch")) });

test.each([
	["/sign-in/email", "null"],
	["/sign-out", "200"],
])("of %s whose body was lost it is told: %s", async (path, how) => {
	const { $fetch, told } = open(
		async () => new Response(broken(), { headers: { "content-type": "application/json" } }),
	);
	await $fetch(path, { method: "POST", body: {} }).catch(() => {});
	expect(told.at(-1)).toBe(`ended POST ${path}: ${how}`);
});
