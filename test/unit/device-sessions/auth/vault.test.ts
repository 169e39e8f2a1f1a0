import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { Account } from "../../../../src/device-sessions/auth/accounts.js";
import { createVault, type Identity, nameOf, tokenOf, Who } from "../../../../src/device-sessions/auth/vault.js";

const at = new Date("2026-01-02T03:04:05.678Z");
const adas = "gbhi7wTiNE4Mari62yKjOhwMFyyNKped";
const agent =
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

function accountOf(name: string, token: string, session: object = {}, user: object = {}) {
	const id = name.toLowerCase();
	const dates = { createdAt: at, updatedAt: at };
	const base = {
		session: { id: `s-${id}`, token, userId: id, expiresAt: at, ...dates, ...session },
		user: { id, name, email: `${id}@example.com`, emailVerified: true, ...dates, ...user },
	};
	return { token, base, ...base } satisfies Account;
}

function take(vault: ReturnType<typeof createVault>, ...accounts: Account[]) {
	vault.take(accounts);
	return vault.rows();
}

function openVault(...tokens: readonly string[]) {
	const vault = createVault();
	vault.learn(tokens.map((token) => ({ session: { token } })));
	return vault;
}

test("a row comes out without its token, and with everything else", () => {
	const vault = createVault();
	const [row] = take(vault, accountOf("Ada", adas, { userAgent: agent, theme: { dark: true } }, { plan: "pro" }));
	const { token: _, ...session } = accountOf("Ada", adas, { userAgent: agent, theme: { dark: true } }).session;
	expect(row).toEqual({ id: "s-ada", session, user: accountOf("Ada", "", {}, { plan: "pro" }).user, listed: true });
	expect(vault.token("s-ada")).toBe(adas);
	expect(vault.row("s-ada")).toBe(row);
});

describe("a row without an id of its own", () => {
	test.each([undefined, null, adas, `pre-${adas}`])("as with %o, is named by user and moment, never by token", (id) => {
		const [row] = take(createVault(), accountOf("Ada", adas, { id }));
		expect(row?.id).toBe("ada:2026-01-02T03:04:05.678Z");
	});
});

describe("what is stripped", () => {
	test.each(["token", "Token", "sessionToken", "SESSIONTOKEN"])("a field called %s, whatever it holds", (key) => {
		expect(createVault().strip({ [key]: "anything", kept: 1 })).toEqual({ kept: 1 });
	});

	test("no field whose name is only like that", () => {
		const value = { tokens: 1, pushToken: "mine", sessionTokenCount: 2 };
		expect(createVault().strip(value)).toEqual(value);
	});

	test.each([
		["under another name", { key: adas }],
		["behind a prefix", { key: `Bearer ${adas}` }],
		["before a suffix", { key: `${adas}.signature` }],
		["among letters as it has them", { key: `abcdefgh${adas}ABCDEFGHIJ` }],
		["after a user agent", { key: `${agent} ${adas}` }],
		["in a field's name", { [`link-${adas}`]: true }],
	])("a token %s", (_, value) => {
		expect(openVault(adas).strip({ ...value, kept: agent })).toEqual({ kept: agent });
	});

	test("a token at any place of a long text", () => {
		for (let place = 0; place < 100; place += 1)
			expect(openVault(adas).strip([`${" ".repeat(place)}${adas}${" ".repeat(100 - place)}`])).toEqual([]);
	});

	test("a token in a list, and in what a list holds", () => {
		expect(openVault(adas).strip({ list: ["a", adas, { b: `x${adas}`, c: 1 }, at] })).toEqual({
			list: ["a", { c: 1 }, at],
		});
	});

	test("a token that is short is found alone: it may be part of any word", () => {
		const long = "adage".repeat(10);
		expect(openVault("ada", adas).strip({ key: "ada", name: "adage", long })).toEqual({ name: "adage", long });
	});

	test("a token that is just long enough, inside a text", () => {
		expect(openVault("abcdefghijklmnop").strip(["_abcdefghijklmnop_", "_abcdefghijklmno_"])).toEqual([
			"_abcdefghijklmno_",
		]);
	});

	test("of many tokens none but those that are there, the short ones alone", () => {
		const text = "hgfedcba".repeat(8);
		expect(openVault("cba", ...manyTokens).strip([text, `${text}${manyTokens[7]}`, "cba"])).toEqual([text]);
	});

	test("a token inside a text, whatever letters it is made of and whoever else is there", () => {
		const token = fc.string({ minLength: 16, maxLength: 40, unit: fc.constantFrom(..."aZ09-_.]^\\ é漢😀") });
		fc.assert(
			fc.property(
				fc.array(token, { minLength: 1, maxLength: 20 }),
				fc.string(),
				fc.string(),
				(tokens, before, after) => {
					const texts = tokens.map((token) => before + token + after);
					for (const others of [[], manyTokens]) expect(openVault(...tokens, ...others).strip(texts)).toEqual([]);
				},
			),
			{ numRuns: 20 },
		);
	});

	test("no text that holds no token", () => {
		const texts = fc.array(fc.string({ maxLength: 200, unit: fc.constantFrom(..."abcdefgh ") }));
		fc.assert(
			fc.property(texts, (texts) => {
				for (const vault of [openVault("aZbcdefghabcdefgh"), openVault(...manyTokens)])
					expect(vault.strip(texts)).toEqual(texts);
			}),
			{ numRuns: 20 },
		);
	});
});

/** More than a text has letters, of those that it has. */
const manyTokens = Array.from({ length: 300 }, (_, index) => `abcdefgh${"hgfedcba".repeat(2)}Z${index}`);

test("a field called __proto__ changes no prototype, at any depth", () => {
	const value = JSON.parse(`{ "a": { "__proto__": { "admin": true }, "b": 1 }, "__proto__": { "admin": true } }`);
	const stripped: { a: object } = createVault().strip(value);
	expect(Object.getPrototypeOf(stripped)).toBe(Object.prototype);
	expect(stripped).not.toHaveProperty("admin");
	expect(stripped.a).not.toHaveProperty("admin");
	expect(Object.entries(stripped.a)).toEqual([["b", 1]]);
});

test("a token of whoever is active and not listed is no longer in a row of the reading before", () => {
	const vault = createVault();
	const [ada, bobs] = [accountOf("Ada", adas), adas.split("").reverse().join("")];
	const row = { ...ada, session: { ...ada.session, openedFrom: bobs } };
	const read = (who: unknown) => {
		vault.turn();
		vault.learn([row, who]);
		take(vault, row);
		return JSON.stringify(vault.rows());
	};
	expect(read(row)).toContain(bobs);
	expect(read({ session: { token: bobs } })).not.toContain(bobs);
});

test("an empty token is nobody's secret", () => {
	const vault = createVault();
	vault.learn([{ session: { token: "" } }]);
	expect(vault.strip({ name: "" })).toEqual({ name: "" });
});

test("a token is learned of a row that is malformed, and of no row at all nothing", () => {
	const vault = createVault();
	vault.learn([{ session: { token: adas } }, null, undefined, 42, {}, { session: null }, { session: { token: 42 } }]);
	expect(vault.strip({ key: adas, number: 42 })).toEqual({ number: 42 });
});

describe("whom get-session speaks of", () => {
	const vault = createVault();
	take(vault, accountOf("Ada", adas), accountOf("Bob", `${adas}2`));
	vault.take([{ token: "", refused: true }]);
	test.each([
		["the token", { session: { token: `${adas}2`, id: "s-ada" }, user: {} }, "s-bob"],
		["the session's id, where the token is left out", { session: { id: "s-bob" }, user: { id: "ada" } }, "s-bob"],
		["the user's id, where both are", { session: {}, user: { id: "bob" } }, "s-bob"],
		["a token that nobody has", { session: { token: "unknown", id: "s-bob" }, user: { id: "bob" } }, undefined],
		["nothing, where nothing is known", { session: { token: "", id: "" }, user: {} }, undefined],
	])("is told by %s", (_, who: Identity, id) => {
		expect(vault.find(who)).toBe(id);
	});

	test("is no longer found once the row is forgotten, nor anybody once all is", () => {
		expect([vault.forget("s-bob"), vault.token("s-bob")]).toEqual([undefined, undefined]);
		expect([vault.find({ session: { id: "s-bob" }, user: {} }), vault.token("s-bob")]).toEqual([undefined, undefined]);
		vault.clear();
		expect(vault.find({ session: { id: "s-ada" }, user: {} })).toBeUndefined();
	});
});

test("a stranger is a row of as much as is known, without the token and unlisted", () => {
	const vault = createVault();
	const id = vault.takeStranger({ session: { id: "s", token: adas, bearer: adas }, user: { nick: "Bobby" } });
	expect(vault.row(id)).toEqual({ id: "s", session: { id: "s" }, user: { nick: "Bobby" }, listed: false });
	expect(vault.takeStranger({ session: { token: adas }, user: { id: "u" } })).toBe("u");
	const { createdAt } = accountOf("Ada", adas).session;
	expect(vault.takeStranger({ session: { createdAt }, user: { id: "w" } })).toBe("w:2026-01-02T03:04:05.678Z");
	expect(vault.takeStranger({ session: { token: adas }, user: {} })).toBeNull();
	expect([vault.token("s"), vault.token("w:2026-01-02T03:04:05.678Z")]).toEqual([adas, ""]);
});

test.each([new Date(0), "soon", 5, undefined])(
	"a stranger whose session was made at %o is named by the user",
	(createdAt) => {
		expect(createVault().takeStranger({ session: { createdAt, token: 42 }, user: { id: "w" } })).toBe("w");
	},
);

describe("of a user who has several sessions", () => {
	const day = (number: number) => new Date(Date.UTC(2026, 0, number));
	const session = (number: number, more: object = {}): Account => ({
		...accountOf("Ada", `${adas}${number}`, { id: `s-${number}`, createdAt: day(number) }),
		...more,
	});
	/** The rows that stand behind one another, and take its place in turn. */
	function behind(vault: ReturnType<typeof createVault>, id = "") {
		const ids = [id];
		for (let next = vault.forget(id); next; next = vault.forget(next.id)) ids.push(next.id);
		return ids;
	}

	test.each([
		[1, 2, 3],
		[3, 2, 1],
		[2, 3, 1],
	])("there is one row, of the newest session, whatever the order: %i, %i, %i", (...numbers) => {
		const vault = createVault();
		const bob = accountOf("Bob", "cIlmwWrCzNkbTZxkwNx0eWZz9wrJ8gJf");
		const ids = () => vault.rows().map(({ id }) => id);
		vault.take([...numbers.map((number) => session(number)), bob]);
		expect(ids().toSorted()).toEqual(["s-3", "s-bob"]);
		expect([vault.crowd("s-3"), vault.crowd("s-bob"), vault.crowd("nobody")]).toEqual(["ada", undefined, undefined]);
		expect(behind(vault, "s-3").toSorted()).toEqual(["s-1", "s-2", "s-3"]);
		expect(ids()).toEqual(["s-bob"]);
	});

	test("made at one moment, the first that comes is the row", () => {
		const vault = createVault();
		vault.take([session(1), session(2, { base: session(1, {}).base })]);
		expect(vault.rows().map(({ id }) => id)).toEqual(["s-1"]);
	});

	test("one that is not shown stands behind, however new", () => {
		for (const accounts of [
			[session(1), session(2, { refused: true })],
			[session(2, { refused: true }), session(1)],
		]) {
			const vault = createVault();
			vault.take(accounts);
			expect(vault.rows()).toMatchObject([{ id: "s-1" }]);
			expect(vault.next("s-1")).toMatchObject({ id: "s-2", hidden: true });
		}
	});

	test("the same one twice is one", () => {
		const vault = createVault();
		vault.take([session(1), session(1)]);
		expect([vault.rows().length, vault.next("s-1"), vault.crowd("s-1")]).toEqual([1, undefined, undefined]);
	});

	test("the active one is the row, however old, and is listed as the user is", () => {
		const vault = createVault();
		vault.take([session(2)]);
		expect(vault.takeActive(session(1))).toBe("s-1");
		expect(vault.rows()).toMatchObject([{ id: "s-1", listed: true }]);
		expect(vault.next("s-1")?.id).toBe("s-2");
	});

	test("the active one is not listed where its token is not known, or where no session of the user's is", () => {
		const vault = createVault();
		vault.take([session(2)]);
		expect(vault.takeStranger({ session: { id: "s-1" }, user: { id: "ada" } })).toBe("s-1");
		expect([vault.row("s-1")?.listed, vault.token("s-1")]).toEqual([false, ""]);
		const other = createVault();
		other.takeActive(session(1));
		other.takeActive(session(2));
		expect(other.rows()).toMatchObject([{ id: "s-2", listed: false }]);
	});

	test("the row stays in its place where set-active has answered of it, with the others behind", () => {
		const vault = createVault();
		vault.take([session(1), session(2)]);
		const renewed = session(3, { user: accountOf("Ada", "", {}, { name: "Lady Ada" }).user });
		expect(vault.renew("s-2", renewed)).toMatchObject({ id: "s-2", listed: true, user: { name: "Lady Ada" } });
		expect(vault.row("s-2")?.user.name).toBe("Lady Ada");
		expect([vault.token("s-2"), vault.next("s-2")?.id]).toEqual([renewed.token, "s-1"]);
		expect(vault.forget("s-2")?.id).toBe("s-1");
		expect(vault.renew("nobody", renewed)).toBeUndefined();
	});
});

describe("accounts that have one session id", () => {
	const refused = (name: string) => ({ ...accountOf(name, `${adas}${name}`, { id: "s" }), refused: true as const });

	test("have rows of their own", () => {
		const vault = createVault();
		vault.take([accountOf("Ada", adas, { id: "s" }), refused("Bob"), refused("Cy")]);
		expect(vault.rows().map(({ id }) => id)).toEqual(["s", "s#2", "s#3"]);
		expect(vault.token("s#3")).toBe(`${adas}Cy`);
	});

	test("and are one user's have one", () => {
		const vault = createVault();
		vault.take([accountOf("Ada", adas, { id: "s" }), { ...refused("Ada") }]);
		expect(vault.rows().map(({ id }) => id)).toEqual(["s"]);
	});

	test("of whom it is not known who they are, have rows of their own as well", () => {
		const vault = createVault();
		vault.take([
			{ token: "one", refused: true },
			{ token: "two", refused: true },
		]);
		expect(vault.rows()).toMatchObject([
			{ id: "unknown", hidden: true },
			{ id: "unknown#2", hidden: true },
		]);
	});
});

test("of nobody there is nothing to know", () => {
	const vault = createVault();
	expect([vault.base("nobody"), vault.row(null), vault.next(null), vault.forget("nobody")]).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
	]);
});

test("somebody is known by the token, the session's id or the user's", () => {
	const [session, user] = [{ token: "t" }, { id: "u" }];
	for (const who of [{ session, user: {} }, { session: { id: "s" } }, { user }, null])
		expect(v.is(Who, who)).toBe(true);
	for (const who of [
		{ session, user: null },
		{ session: null, user },
		{ session: "abc", user },
	])
		expect(v.is(Who, who)).toBe(true);
	const empty = { session: { token: "", id: "" }, user: { id: "" } };
	for (const nobody of [{}, { session: {}, user: {} }, { session: { id: 42 } }, empty, [session, user], "ada"])
		expect(v.is(Who, nobody)).toBe(false);
	// A customSession may mask the token.
	expect(nameOf({ session: { token: "t", id: "s" }, user: { id: "u" } })).toBe("s");
	expect(nameOf({ session: { token: "t" }, user: { id: "u" } })).toBe("t");
	expect(nameOf({ session: {}, user: { id: "u" } })).toBe("u");
	expect(tokenOf({ session: { token: adas } })).toBe(adas);
});

describe("what is the same again", () => {
	const taken = (vault: ReturnType<typeof createVault>, ...accounts: Account[]) => {
		vault.turn();
		vault.take(accounts);
		return vault.rows();
	};

	test("is nobody's any more where all were signed out: nothing is kept of them", () => {
		const vault = createVault();
		const [before] = taken(vault, accountOf("Ada", adas));
		vault.clear();
		const [after] = taken(vault, accountOf("Ada", adas));
		expect(after).toEqual(before);
		expect(after?.user).not.toBe(before?.user);
	});

	test("is the row of the reading before, not another one like it", () => {
		const vault = createVault();
		const [before] = taken(vault, accountOf("Ada", adas));
		const [row] = taken(vault, accountOf("Ada", adas));
		expect(row).toEqual(before);
		expect([row?.session === before?.session, row?.user === before?.user]).toEqual([true, true]);
		expect(vault.base("s-ada")).toEqual(accountOf("Ada", adas).base);
	});

	test("is another one where something of it has changed, or where the session has another token", () => {
		const vault = createVault();
		const [before] = taken(vault, accountOf("Ada", adas));
		const [renamed] = taken(vault, accountOf("Ada", adas, {}, { name: "Ada L." }));
		expect([renamed?.user.name, before?.user.name]).toEqual(["Ada L.", "Ada"]);
		const [moved] = taken(vault, accountOf("Ada", `${adas}2`, {}, { name: "Ada L." }));
		expect(moved).toEqual(renamed);
		expect(vault.token("s-ada")).toBe(`${adas}2`);
	});

	test("is looked at again where a token has come that may stand in it", () => {
		const vault = createVault();
		const bobs = "cIlmwWrCzNkbTZxkwNx0eWZz9wrJ8gJf";
		const ada = () => accountOf("Ada", adas, {}, { note: bobs });
		expect(taken(vault, ada())[0]?.user).toHaveProperty("note", bobs);
		expect(taken(vault, ada(), accountOf("Bob", bobs))[0]?.user).not.toHaveProperty("note");
		expect(vault.base("s-ada")?.user).toHaveProperty("note", bobs);
	});
});
