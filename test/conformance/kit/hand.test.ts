import { describe, expect, test } from "vitest";
import { type Choice, compareHands, playBoth } from "./choices.js";
import type { Start } from "./start.js";

const seed = Date.now() % 2 ** 31;

test(`what is delivered and lost by hand comes to the same: 100 random sequences of choices, seed ${seed}`, async () => {
	await compareHands(100, seed, (kit, real) => expect(kit).toEqual(real));
}, 240_000);

const start = { accounts: ["Ada", "Bob"], maximumSessions: 5 };
const deliver = (at: number): Choice => ({ do: "deliver", at, only: undefined });
const toAda: Choice = { do: "setActive", name: "Ada" };

describe("a call as Bob that ends after a switch to Ada", () => {
	const activeAfter = async (...choices: Choice[]) => {
		const { kit, real } = await playBoth(start, choices);
		expect(kit).toEqual(real);
		return kit.at(-1)?.truth.rows.find((row) => row.endsWith(" active"));
	};

	test.each(["updateUser", "changePasswordEverywhere"] as const)("%s puts Bob back", async (call) => {
		// The switch goes and comes while the answer to the call is on its way.
		const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
		expect(await activeAfter(...choices)).toBe("Bob active");
	});

	test.each(["getSession", "listSessions", "changePassword", "list"] as const)("%s does not", async (call) => {
		const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
		expect(await activeAfter(...choices)).toBe("Ada active");
	});

	test.each(["getSession", "listSessions", "changePassword"] as const)(
		"%s puts him back where his session is due for renewal",
		async (call) => {
			const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
			expect(await activeAfter({ do: "ripen", name: "Bob" }, ...choices)).toBe("Bob active");
		},
	);
});

test("what ends the active session takes the cookie of whoever comes meanwhile, as of the installed Better Auth", async () => {
	const { kit, real } = await playBoth({ accounts: ["Ada"], maximumSessions: 5 }, [
		{ do: "signUp", name: "Bob" },
		{ do: "revokeSession", name: "Ada" },
		...[0, 0, 0, 0].map(deliver),
	]);
	expect(kit).toEqual(real);
	expect(kit.at(-1)?.truth.rows).toEqual(["Bob"]);
});

test("a switch whose answer loses its body alone has happened, one whose answer is lost has not", async () => {
	for (const only of ["body", undefined] as const) {
		const { kit, real } = await playBoth(start, [toAda, deliver(0), { do: "lose", at: 0, only }]);
		expect(kit).toEqual(real);
		expect(kit.at(-1)?.truth.rows).toContain(only ? "Ada active" : "Bob active");
	}
});

/** What the last choice of these came to, the same on both sides: each call goes and comes before the next. */
async function lastOf(start: Start, ...choices: Choice[]) {
	const calls = choices.flatMap((choice) =>
		choice.do === "end" || choice.do === "ripen" ? [choice] : [choice, deliver(0), deliver(0)],
	);
	const { kit, real } = await playBoth(start, calls);
	expect(kit).toEqual(real);
	// Safe: a list of what each call came to.
	const settled = kit.at(-1)?.settled as readonly (readonly [number, string, unknown, ...unknown[]])[];
	const [, , data, status, code] = settled.at(-1) ?? [];
	return { data, error: [status, code], rows: kit.at(-1)?.truth.rows };
}
const call = (what: Exclude<Choice["do"], "deliver" | "lose">, name = "Bob") => ({ do: what, name }) as Choice;

describe("with the cookie cache on, where Bob's session has ended elsewhere,", () => {
	const cached = { ...start, cookieCache: 300 };
	const ended = call("end");

	test("get-session goes on naming him, and past the cache it does not", async () => {
		const { data } = await lastOf(cached, ended, call("getSession"));
		expect(data).toEqual([[], "Bob", "session"]);
		expect((await lastOf(cached, ended, call("getSessionCertain"))).data).toBeNull();
		expect((await lastOf(cached, ended, call("getSessionCertain"), call("getSession"))).data).toBeNull();
	});

	test.each(["list", "listSessions", "updateUser", "revoke"] as const)("%s is answered", async (what) => {
		expect((await lastOf(cached, ended, call(what, "Ada"))).error).toEqual([null, null]);
	});

	test.each(["changePassword", "revokeSession"] as const)("%s is refused, and takes the cookie away", async (what) => {
		expect((await lastOf(cached, ended, call(what))).error).toEqual([401, "UNAUTHORIZED"]);
		expect((await lastOf(cached, ended, call(what), call("getSession"))).data).toBeNull();
	});

	test.each(["setActive", "signOut"] as const)("%s ends what the cache says of him", async (what) => {
		const { data } = await lastOf(cached, ended, call(what, "Ada"), call("getSession"));
		expect(data).toEqual(what === "setActive" ? [[], "Ada", "session"] : null);
	});
});

describe("Cy, who has two factors,", () => {
	const withCode = { accounts: ["Cy", "Ada"], maximumSessions: 5, twoFactor: ["Cy"] };
	const password = call("signIn", "Cy");
	const [right, wrong] = [call("verify"), call("verifyWrongly")];

	test("is asked for a code: nobody is active then", async () => {
		const { data, rows } = await lastOf(withCode, password);
		expect([data, rows]).toEqual([
			[["twoFactorMethods", "twoFactorRedirect"], null, null],
			["Ada", "Cy"],
		]);
	});

	test("is signed in by the right code, in the place of the session from before; a wrong one is refused", async () => {
		const { data, rows } = await lastOf(withCode, password, wrong, right);
		expect([data, rows]).toEqual([
			[["token"], "Cy", null],
			["Ada", "Cy active"],
		]);
		expect((await lastOf(withCode, password, wrong)).error).toEqual([401, "INVALID_CODE"]);
		expect((await lastOf(withCode, password, right, call("signOut"), right)).error[1]).toBe(
			"INVALID_TWO_FACTOR_COOKIE",
		);
	});

	test("is not signed in by it once somebody else is active, and is by it when that one is signed out", async () => {
		const switched = [password, call("setActive", "Ada"), right];
		expect((await lastOf(withCode, ...switched)).error).toEqual([400, "TOTP_NOT_ENABLED"]);
		expect((await lastOf(withCode, ...switched, call("signOut"), right)).rows).toEqual(["Cy active"]);
	});

	test("starts anew after five wrong codes, and waits after ten", async () => {
		const five = Array.from({ length: 5 }, () => wrong);
		expect((await lastOf(withCode, password, ...five, right)).error).toEqual([
			400,
			"TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE",
		]);
		expect((await lastOf(withCode, password, ...five, right, right)).error[1]).toBe("INVALID_TWO_FACTOR_COOKIE");
		expect((await lastOf(withCode, password, ...five, password, right)).rows).toContain("Cy active");
		expect((await lastOf(withCode, password, ...five, password, ...five, password, right)).error).toEqual([
			429,
			"ACCOUNT_TEMPORARILY_LOCKED",
		]);
	});
});
