import { describe, expect, test } from "vitest";
import { answeredBy, everyOperation, everythingIn, openThrowingTab, sending, signedIn } from "./every-operation.js";

const tokens = [
	["a token as long as Better Auth's", "gbhi7wTiNE4Mari62yKjOhwMFyyNKped"],
	["a short one", "s3cr3t"],
	["one in capitals", "A1B2C3D4E5F6"],
	["one in pieces", "ab.cd-ef/gh+ij="],
] as const;

const statuses = [400, 401, 403, 404, 409, 422, 429, 500, 503];

describe.each(sending)("$operation", (each) => {
	const { run } = each;
	const errorOf = async (sent: string, how: () => Response | Error, throwing = false) => {
		const { browser, client } = answeredBy(each, how);
		const { error } = await run(throwing ? openThrowingTab(browser) : client, sent);
		if (!error) throw new Error("no error");
		return error;
	};

	describe.each(tokens)("with %s", (_, sent) => {
		test.each(statuses)("does not repeat it where a %i echoes it", async (status) => {
			const echoes = [
				{ code: sent, message: sent },
				{ code: "NOT_FOUND", message: `There is no session ${sent}.` },
				{ code: `NO_SESSION_${sent}`, message: "No." },
				{ message: `There is no session "${sent}".` },
				{ code: "NESTED", message: "No.", details: { token: sent }, cause: sent, stack: sent },
			];
			for (const body of echoes)
				for (const throwing of [false, true]) {
					const error = await errorOf(sent, () => Response.json(body, { status }), throwing);
					expect(error.status).toBe(status);
					expect(everythingIn(error)).not.toContain(sent);
				}
		});

		test("does not repeat it where a status text or a plain body echoes it", async () => {
			const error = await errorOf(sent, () => new Response(`no ${sent}`, { status: 400, statusText: sent }));
			expect(everythingIn(error)).not.toContain(sent);
		});

		test("does not repeat it where the network's error names it", async () => {
			const error = await errorOf(sent, () => new TypeError(`fetch failed: ${sent}`, { cause: sent }));
			expect(error.kind).toBe("network");
			expect(everythingIn(error)).not.toContain(sent);
		});

		test.each([
			["a page", () => new Response(`<p>${sent}</p>`)],
			[
				"another shape",
				() => Response.json({ session: sent, user: [sent], success: sent, status: sent, [sent]: sent }),
			],
		])("does not repeat it where %s holds it", async (_, how) => {
			const error = await errorOf(sent, how);
			expect(error.kind).toBe("invalid-response");
			expect(everythingIn(error)).not.toContain(sent);
		});
	});
});

test.each(everyOperation)("$operation does not repeat another account's token either", async (each) => {
	const { token } = await signedIn(["Ada"]);
	const other = token("Ada");
	for (const status of statuses) {
		const body = { code: "REFUSED", message: `Session ${other} is in the way.` };
		const { client } = answeredBy(each, () => Response.json(body, { status }));
		const { error } = await each.run(client, "sent");
		if (!error) throw new Error("no error");
		expect(everythingIn(error)).not.toContain(other);
	}
});

test.each(everyOperation)("$operation does not repeat an abort's reason", async ({ path, run }) => {
	const { browser, client } = answeredBy({ path: "/" }, () => new Error());
	const controller = new AbortController();
	const held = browser.hold(path);
	const answer = run(client, "sent", { signal: controller.signal });
	await held;
	controller.abort(new Error("a reason that is private"));
	const { error } = await answer;
	if (!error) throw new Error("no error");
	expect(everythingIn(error)).not.toContain("private");
});

test.each(everyOperation)("$operation still passes on what a server says that holds no secret", async (each) => {
	const { client } = answeredBy(each, () =>
		Response.json({ code: "REFUSED", message: "Come back tomorrow." }, { status: 400 }),
	);
	expect((await each.run(client, "sent")).error).toMatchObject({ code: "REFUSED", message: "Come back tomorrow." });
});
