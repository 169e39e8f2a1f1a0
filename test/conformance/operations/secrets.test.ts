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

/** A password, a token or a code goes out with these. */
const secretive =
	/^(SignIn|SignUp|Password\.(Change|Reset)|TwoFactor\.(?!SendOtp)|EmailVerification\.Verify|MultiSession\.(SetActive|Revoke)|Core\.RevokeSession)/;

test.each(everyOperation)(
	"$operation passes on the code of a refusal, and never the server's own words",
	async (each) => {
		const { client } = answeredBy(each, () =>
			Response.json({ code: "TRY_IT_LATER", message: "Come back tomorrow." }, { status: 400 }),
		);
		const { error } = await each.run(client, "sent");
		expect(error?.code).toBe("TRY_IT_LATER");
		expect(error?.message).toContain("TRY_IT_LATER");
		expect(error && everythingIn(error)).not.toContain("tomorrow");
	},
);

const spellings: [string, (sent: string) => string][] = [
	["in upper case", (sent) => sent.toUpperCase()],
	["in lower case", (sent) => sent.toLowerCase()],
	["cut at the end", (sent) => sent.slice(0, 9)],
	["cut at the beginning", (sent) => sent.slice(-9)],
	["HTML-escaped", (sent) => sent.replace(/[^a-z]/gi, (letter) => `&#${letter.charCodeAt(0)};`)],
	["JSON-escaped", (sent) => sent.replace(/[^a-z]/gi, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)],
	["percent-encoded", encodeURIComponent],
	["as a code", (sent) => sent.toUpperCase().replace(/[^A-Z0-9]+/g, "_")],
	[
		"as a code, cut",
		(sent) =>
			sent
				.toUpperCase()
				.replace(/[^A-Z0-9]+/g, "_")
				.slice(0, 9),
	],
];

describe.each(sending.filter(({ name }) => secretive.test(name)))("$operation", (each) => {
	test.each(spellings)("does not repeat what was sent %s", async (_, spell) => {
		for (const sent of ["Tr0ub4dor&3 <xkcd>", "gbhi7wTiNE4Mari62yKjOhwMFyyNKped", "A1B2C3D4E5F6"]) {
			const echo = spell(sent);
			for (const body of [
				{ code: "NOT_FOUND", message: `There is no ${echo}.` },
				{ code: `NO_${echo}`, message: echo },
				{ code: echo, message: "No." },
			]) {
				const { client } = answeredBy(each, () => Response.json(body, { status: 400 }));
				const { error } = await each.run(client, sent);
				expect(error && everythingIn(error).toLowerCase()).not.toContain(echo.toLowerCase());
			}
		}
	});
});

test("a password that is a word of a code hides that code from nobody", async () => {
	const each = everyOperation.find(({ name }) => name === "SignIn.Email");
	for (const sent of ["password", "password1", "Invalid-Password!", "email"]) {
		const body = { code: "INVALID_EMAIL_OR_PASSWORD", message: `${sent} is wrong` };
		const { client } = answeredBy({ path: "/sign-in/email" }, () => Response.json(body, { status: 401 }));
		const error = (await each?.run(client, sent))?.error;
		expect(error?.code).toBe("INVALID_EMAIL_OR_PASSWORD");
		expect(error?.message).toContain("INVALID_EMAIL_OR_PASSWORD");
	}
});
