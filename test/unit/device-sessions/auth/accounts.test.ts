import * as v from "valibot";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAccounts, whoIsActive, withCustom } from "../../../../src/device-sessions/auth/accounts.js";
import { createVault } from "../../../../src/device-sessions/auth/vault.js";

const at = new Date(0);
const dates = { createdAt: at, updatedAt: at };
const accountOf = (name: string) => ({
	session: { id: `s-${name}`, token: `${name}-gbhi7wTiNE4Mari62yKjOhwM`, userId: name, expiresAt: at, ...dates },
	user: { id: name, name, email: `${name}@example.com`, emailVerified: true, ...dates },
});
const [ada, bob, cy] = [accountOf("ada"), accountOf("bob"), accountOf("cy")];

/** Of those that are shown, what is shown. */
const shown = ({ accounts }: ReturnType<ReturnType<typeof createAccounts>>) =>
	accounts.filter(({ refused }) => !refused).map(({ session, user }) => ({ session, user }));

describe("accounts", () => {
	const check = createAccounts({});

	test("that are well come back as they are, in their order", () => {
		const found = check([ada, bob]);
		expect([shown(found), found.error]).toEqual([[ada, bob], null]);
		expect(found.accounts[0]?.user).toBe(ada.user);
		expect(check([])).toEqual({ accounts: [], error: null });
	});

	const { session, user } = ada;
	test.each<[unknown, string, string]>([
		[null, "", "Object"],
		[undefined, "", "Object"],
		[42, "", "Object"],
		["ada", "", "Object"],
		[[session, user], "", "Object"],
		[{}, ".session", "Object"],
		[{ session: [], user }, ".session", "Object"],
		[{ session }, ".user", "Object"],
		[{ session, user: [] }, ".user", "Object"],
		[{ session, user: { ...user, id: 42 } }, ".user.id", "string"],
		[{ session: { ...session, userId: "" }, user: { ...user, id: "" } }, ".user.id", "string"],
		[{ session: { ...session, id: 42 }, user }, ".session.id", "string"],
		[{ session: { ...session, token: "" }, user }, ".session.token", "a text, not empty"],
		[{ session: { ...session, token: 42 }, user }, ".session.token", "a text, not empty"],
		[{ session: { ...session, userId: "bob" }, user }, ".session.userId", "the user's id"],
	])("one that is %o is nobody who can be known: refused and reported, the others stay", (bad, path, expected) => {
		const { accounts, error } = check([ada, bad, bob]);
		expect(shown({ accounts, error })).toEqual([ada, bob]);
		expect(accounts[1]).toMatchObject({ refused: true });
		expect(error).toMatchObject({ kind: "invalid-response", operation: "multiSession.listDeviceSessions" });
		expect(error?.message).toContain("An account was left out");
		expect(error?.issues).toEqual([{ path: `1${path}`, expected }]);
	});

	test("are shown though the console throws", async () => {
		const thrown = new Error("no warnings here");
		const warn = vi.spyOn(console, "warn").mockImplementation(() => {
			throw thrown;
		});
		const rest = process.rawListeners("uncaughtException");
		const uncaught = new Promise((resolve) =>
			process.removeAllListeners("uncaughtException").once("uncaughtException", resolve),
		);
		onTestFinished(() => {
			warn.mockRestore();
			for (const listener of rest) process.on("uncaughtException", listener as NodeJS.UncaughtExceptionListener);
		});
		expect(shown(createAccounts({})([{ session, user: { ...user, emailVerified: 5 } }]))).toHaveLength(1);
		expect(await uncaught).toBe(thrown);
	});

	test("whose token is that of several sessions, as a customSession may mask them, are reported, and have none", () => {
		const masked = (account: typeof ada) => ({ ...account, session: { ...account.session, token: "[redacted]" } });
		const { accounts, error } = check([masked(ada), cy, masked(bob)]);
		expect(accounts.map(({ refused, token }) => [refused, token])).toEqual([
			[true, ""],
			[undefined, cy.session.token],
			[true, ""],
		]);
		expect(error?.issues?.map(({ path }) => path)).toEqual(["0.session.token", "2.session.token"]);
		expect(check([masked(ada)]).error).toBeNull();
		const nameless = [masked(ada), masked(bob)].map(({ session: { id, ...rest }, user }) => ({ session: rest, user }));
		expect(check(nameless).error?.issues).toHaveLength(2);
	});

	test("may lack what a customSession leaves out: the session's id, and whose it is, which the user tells", () => {
		const { id, userId, ...rest } = session;
		const found = check([{ session: rest, user }]);
		expect([shown(found), found.error]).toEqual([[{ session: { ...rest, userId }, user }], null]);
		expect(shown(check([{ session: { ...rest, id: null, userId: null }, user }]))).toHaveLength(1);
	});

	test("whose ids look like a moment, which Better Auth's client has made of them, have them as they were", () => {
		const name = "2026-01-02T03:04:05Z";
		const moment = new Date(name);
		const found = check([{ session: { ...session, id: moment, userId: moment }, user: { ...user, id: moment } }]);
		expect([shown(found), found.error]).toEqual([
			[{ session: { ...session, id: name, userId: name }, user: { ...user, id: name } }],
			null,
		]);
		const { id, ...nameless } = session;
		const [other] = shown(check([{ session: { ...nameless, userId: moment }, user: { ...user, id: moment } }]));
		expect(other?.session).toEqual({ ...nameless, userId: name });
	});

	test("whose columns are of another type are shown, and the developer is told of each column once", async () => {
		const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
		onTestFinished(() => warn.mockRestore());
		const odd = (account: typeof ada) => ({ ...account, user: { ...account.user, name: null } });
		const found = createAccounts({})([odd(ada), odd(bob)]);
		expect(shown(found).map((account) => account.user?.name)).toEqual(["", ""]);
		await null;
		expect(warn.mock.calls).toEqual([[expect.stringContaining("user.name")]]);
	});

	test("of one session id are reported, and refused but for the first", () => {
		const twin = { ...bob, session: { ...bob.session, id: ada.session.id } };
		const { accounts, error } = check([ada, twin, { ...cy, session: { ...cy.session, id: ada.session.id } }]);
		expect(accounts.map(({ refused }) => refused)).toEqual([undefined, true, true]);
		expect(error?.issues).toEqual([
			{ path: "1.session.id", expected: "an id of its own" },
			{ path: "2.session.id", expected: "an id of its own" },
		]);
	});

	test("that are all malformed leave nobody, and a report without their values", () => {
		const { accounts, error } = check([{ session: { token: ada.session.token } }, { user: ada.user }]);
		expect(accounts.map(({ base, token }) => [base, token])).toEqual([
			[undefined, ada.session.token],
			[undefined, ""],
		]);
		expect(JSON.stringify(error)).not.toContain(ada.session.token);
	});
});

describe("the app's own schemas", () => {
	const user = v.object({
		plan: v.picklist(["free", "pro"]),
		since: v.pipe(
			v.string(),
			v.transform((text) => new Date(text)),
		),
	});
	const onPlan = (account: typeof ada, plan: string) => ({
		...account,
		user: { ...account.user, plan, since: "2026-01-01", other: 1 },
	});

	test("lay what they make of custom fields over the rest", () => {
		const { accounts: good } = createAccounts({ user })([onPlan(ada, "pro")]);
		expect(good[0]?.user).toEqual({ ...onPlan(ada, "pro").user, since: new Date("2026-01-01") });
		expect(good[0]?.session).toEqual(ada.session);
	});

	test("leave an account out that does not fit them, and say where and why", () => {
		const { accounts, error } = createAccounts({ user })([onPlan(ada, "gold"), onPlan(bob, "free")]);
		expect(accounts.map(({ refused }) => refused)).toEqual([true, undefined]);
		expect(error?.issues).toEqual([{ path: "0.user.plan", expected: '("free" | "pro")' }]);
	});

	test("that refuse an account as a whole say so of its user", () => {
		const never = v.pipe(
			v.looseObject({}),
			v.check(() => false),
		);
		expect(createAccounts({ user: never })([ada]).error?.issues).toEqual([{ path: "0.user", expected: "check" }]);
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
	])("that throw %s leave nobody who is shown, and no token in the failure", (_, what, message) => {
		const found = createAccounts({ session: throwing(what) })([ada, bob]);
		const { error } = found;
		expect([shown(found), found.accounts.map(({ base }) => base)]).toEqual([[], [ada, bob]]);
		expect(error).toMatchObject({ kind: "callback", operation: "schemas", message: expect.stringContaining("threw") });
		expect(Object(error?.cause).message).toBe(message);
		expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain(ada.session.token);
	});

	test("that throw for one account leave the others, and it is said why", () => {
		const fragile = v.pipe(
			v.looseObject({ id: v.string() }),
			v.check(({ id }) => {
				if (id === "ada") throw new Error("odd");
				return true;
			}),
		);
		const found = createAccounts({ user: fragile })([ada, bob]);
		expect(shown(found)).toEqual([bob]);
		expect(found.accounts[0]).toMatchObject({ token: ada.session.token, base: ada, refused: true });
		expect(found.error).toMatchObject({ kind: "callback", cause: new Error("odd") });
	});

	test("where there are none, the base stands alone", () => {
		const base = v.looseObject({});
		expect(withCustom(base, undefined)).toBe(base);
	});
});

describe("who is active", () => {
	const check = createAccounts({});
	function openVault(...accounts: unknown[]) {
		const vault = createVault();
		vault.take(check(accounts).accounts);
		return vault;
	}
	const listed = (vault: ReturnType<typeof createVault>) => vault.rows().map(({ id, listed }) => [id, listed]);

	test("is nobody where nobody is signed in", () => {
		expect(whoIsActive(openVault(ada, bob), check, null)).toEqual({ activeId: null, error: null });
	});

	test("is one of the rows", () => {
		expect(whoIsActive(openVault(ada, bob), check, bob).activeId).toBe("s-bob");
	});

	test("is a row more where the server does not list it", () => {
		const vault = openVault(ada, bob);
		expect(whoIsActive(vault, check, cy).activeId).toBe("s-cy");
		expect(listed(vault)).toEqual([
			["s-ada", true],
			["s-bob", true],
			["s-cy", false],
		]);
	});

	test("takes the place of the same user's other session, which the list knows", () => {
		const vault = openVault(ada, bob);
		const other = { ...bob, session: { ...bob.session, id: "s-bob-2", token: "bobs-other-token-in-this-browser" } };
		expect(whoIsActive(vault, check, other).activeId).toBe("s-bob-2");
		expect(listed(vault)).toEqual([
			["s-ada", true],
			["s-bob-2", true],
		]);
		expect(vault.next("s-bob-2")?.id).toBe("s-bob");
		expect([vault.forget("s-bob-2")?.id, vault.token("s-bob")]).toEqual(["s-bob", bob.session.token]);
	});

	test("is known as far as a customSession says, where that is no whole account", () => {
		const vault = openVault(ada, bob);
		const { activeId } = whoIsActive(vault, check, { session: { id: "s-cy" }, user: { nick: "Cy" } });
		expect(vault.row(activeId)).toMatchObject({ id: "s-cy", user: { nick: "Cy" }, listed: false });
	});

	test("is nobody we show where the app's own schema turns a whole account down, and it is said why", () => {
		const vault = openVault(ada, bob);
		const strict = createAccounts({ user: v.object({ plan: v.string() }) });
		const { activeId, error } = whoIsActive(vault, strict, cy);
		expect([activeId, vault.row(activeId)?.hidden, error?.kind]).toEqual(["s-cy", true, "invalid-response"]);
	});
});
