import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createAccounts, whoIsActive, withCustom } from "../../../../src/device-sessions/auth/accounts.js";
import { createVault } from "../../../../src/device-sessions/auth/vault.js";

const at = new Date(0);
const dates = { createdAt: at, updatedAt: at };
const accountOf = (name: string) => ({
	session: { id: `s-${name}`, token: `${name}-gbhi7wTiNE4Mari62yKjOhwM`, userId: name, expiresAt: at, ...dates },
	user: { id: name, name, email: `${name}@example.com`, emailVerified: true, ...dates },
});
const [ada, bob, cy] = [accountOf("ada"), accountOf("bob"), accountOf("cy")];

describe("accounts", () => {
	const check = createAccounts({});

	test("that are well come back as they are, in their order", () => {
		expect(check([ada, bob])).toEqual({ good: [ada, bob], error: null });
		expect(check([])).toEqual({ good: [], error: null });
	});

	test.each([null, undefined, 42, "ada", {}, { session: ada.session }, { ...ada, user: { ...ada.user, name: 42 } }])(
		"one that is %o is left out and reported, the others stay",
		(bad) => {
			const { good, error } = check([ada, bad, bob]);
			expect(good).toEqual([ada, bob]);
			expect(error).toMatchObject({ kind: "invalid-response", operation: "multiSession.listDeviceSessions" });
			expect(error?.issues?.every(({ path }) => path.split(".")[0] === "1")).toBe(true);
		},
	);

	test("that are all malformed leave nobody, and a report without their values", () => {
		const { good, error } = check([{ session: { token: ada.session.token } }, { user: ada.user }]);
		expect(good).toEqual([]);
		expect(JSON.stringify(error)).not.toContain(ada.session.token);
	});
});

describe("the app's own schemas", () => {
	const user = v.object({ plan: v.picklist(["free", "pro"]), since: v.pipe(v.string(), v.toDate()) });
	const onPlan = (account: typeof ada, plan: string) => ({
		...account,
		user: { ...account.user, plan, since: "2026-01-01", other: 1 },
	});

	test("lay what they make of custom fields over the rest", () => {
		const { good } = createAccounts({ user })([onPlan(ada, "pro")]);
		expect(good[0]?.user).toEqual({ ...onPlan(ada, "pro").user, since: new Date("2026-01-01") });
		expect(good[0]?.session).toEqual(ada.session);
	});

	test("leave an account out that does not fit them, and say where and why", () => {
		const { good, error } = createAccounts({ user })([onPlan(ada, "gold"), onPlan(bob, "free")]);
		expect(good.map(({ user }) => user.id)).toEqual(["bob"]);
		expect(error?.issues).toEqual([{ path: "0.user.plan", expected: '("free" | "pro")' }]);
	});

	test("are not asked of what is malformed anyway", () => {
		const asked: unknown[] = [];
		const session = v.pipe(
			v.looseObject({}),
			v.check((given) => asked.push(given) > 0),
		);
		createAccounts({ session })([{ ...ada, session: { ...ada.session, userId: 42 } }]);
		expect(asked).toEqual([]);
	});

	const throwing = (what: (given: object) => unknown) =>
		v.pipe(
			v.looseObject({}),
			v.check((given) => {
				throw what(given);
			}),
		);

	test.each([
		["an error", () => new Error("odd"), "odd"],
		["no error", () => "odd", ""],
		["an error with a token in it", (given: object) => new Error(JSON.stringify(given)), undefined],
	])("that throw %s leave nobody, and no token in the failure", (_, what, message) => {
		const { good, error } = createAccounts({ session: throwing(what) })([ada, bob]);
		expect(good).toEqual([]);
		expect(error).toMatchObject({ kind: "callback", operation: "schemas" });
		expect(Object(error?.cause).message).toBe(message);
		expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain(ada.session.token);
	});

	test("where there are none, the base stands alone", () => {
		const base = v.looseObject({});
		expect(withCustom(base, undefined)).toBe(base);
	});
});

describe("who is active", () => {
	const check = createAccounts({});
	function openVault() {
		const vault = createVault();
		return { vault, rows: vault.take([ada, bob]) };
	}

	test("is nobody where nobody is signed in", () => {
		const { vault, rows } = openVault();
		expect(whoIsActive(vault, check, rows, null, [ada, bob])).toEqual({ rows, activeId: null });
	});

	test("is one of the rows, which stay the very same", () => {
		const { vault, rows } = openVault();
		const found = whoIsActive(vault, check, rows, bob, [ada, bob]);
		expect(found.activeId).toBe("s-bob");
		expect(found.rows).toBe(rows);
	});

	test("is a row more where the server does not list it", () => {
		const { vault, rows } = openVault();
		const found = whoIsActive(vault, check, rows, cy, [ada, bob]);
		expect(found.rows.map(({ id, listed }) => [id, listed])).toEqual([
			["s-ada", true],
			["s-bob", true],
			["s-cy", false],
		]);
		expect(found.activeId).toBe("s-cy");
	});

	test("is listed all the same where only its row in the list is malformed", () => {
		const { vault, rows } = openVault();
		const found = whoIsActive(vault, check, rows, cy, [ada, bob, { session: { token: cy.session.token } }]);
		expect(found.rows.at(-1)).toMatchObject({ id: "s-cy", listed: true });
	});

	test("is known as far as a customSession says, where that is no whole account", () => {
		const { vault, rows } = openVault();
		const found = whoIsActive(vault, check, rows, { session: { id: "s-cy" }, user: { nick: "Cy" } }, [ada, bob]);
		expect(found.rows.at(-1)).toMatchObject({ id: "s-cy", user: { nick: "Cy" }, listed: false });
	});

	test("is nobody we show where the app's own schema turns a whole account down", () => {
		const { vault, rows } = openVault();
		const strict = createAccounts({ user: v.object({ plan: v.string() }) });
		expect(whoIsActive(vault, strict, rows, cy, [ada, bob])).toEqual({ rows, activeId: null });
	});
});
