import { expect, test } from "vitest";
import { open } from "./client.js";

const url = "https://provider.example/authorize";

test.each(["/sign-in/social", "/sign-in/oauth2", "/sign-in/sso"])(
	"a sign-in by %s goes on where the answer says, whoever follows it",
	async (path) => {
		for (const redirect of [true, false]) {
			const { $fetch, told } = open(async () => Response.json({ url, redirect }));
			await $fetch(path, { method: "POST", body: {} });
			expect(told).toEqual([`began POST ${path}`, `ended POST ${path}: 200, goes on elsewhere`]);
		}
	},
);

test.each<[string, string, object | null, ResponseInit?]>([
	["a sign-in that is over, with a page to go to", "/sign-in/email", { url: "/inbox", redirect: true, token: "t" }],
	["a sign-in with a token of the provider's", "/sign-in/social", { redirect: false, token: "t" }],
	["a sign-in that is refused", "/sign-in/social", { url }, { status: 400 }],
	["a sign-out, with a page to go to", "/sign-out", { success: true, url, redirect: true }],
	["a sign-in with null for an answer", "/sign-in/social", null],
])("%s does not", async (_, path, answer, init) => {
	const { $fetch, told } = open(async () => Response.json(answer, init));
	await $fetch(path, { method: "POST", body: {} });
	expect(told.at(-1)).toBe(`ended POST ${path}: ${init?.status ?? 200}`);
});
