import { describe, expect, test } from "vitest";
import { open, render } from "../../support/snapshots.js";

describe("a snapshot that cannot be taken", () => {
	const good = async () => JSON.parse((await render(["Ada", "Bob"])).html);
	const [row] = [(snapshot: { sessions: object[] }) => snapshot.sessions[0] ?? {}];
	const circular: Record<string, unknown> = {};
	circular["self"] = circular;
	const hostile: [string, (snapshot: never) => unknown][] = [
		["null", () => null],
		["a text", () => "snapshot"],
		["a list", () => []],
		["another version", (snapshot: object) => ({ ...snapshot, version: 2 })],
		["no version", ({ version: _, ...rest }: { version: 1 }) => rest],
		["rows that are no list", (snapshot: object) => ({ ...snapshot, sessions: {} })],
		[
			"a row without a user",
			(snapshot: { sessions: object[] }) => ({ ...snapshot, sessions: [{ ...row(snapshot), user: null }] }),
		],
		[
			"a nameless user",
			(snapshot: { sessions: object[] }) => ({ ...snapshot, sessions: [{ ...row(snapshot), user: { name: 5 } }] }),
		],
		[
			"a date that is none",
			(snapshot: { sessions: { session: object }[] }) => ({
				...snapshot,
				sessions: snapshot.sessions.map((one) => ({ ...one, session: { ...one.session, expiresAt: "soon" } })),
			}),
		],
		["an active account that is not there", (snapshot: object) => ({ ...snapshot, active: "somebody" })],
		[
			"the same id twice",
			(snapshot: { sessions: object[] }) => ({ ...snapshot, sessions: [row(snapshot), row(snapshot)], active: null }),
		],
		[
			"an empty id",
			(snapshot: { sessions: object[] }) => ({ ...snapshot, sessions: [{ ...row(snapshot), id: "" }], active: null }),
		],
		[
			"listed as a text",
			(snapshot: { sessions: object[] }) => ({
				...snapshot,
				sessions: [{ ...row(snapshot), listed: "yes" }],
				active: null,
			}),
		],
		[
			"a circle",
			(snapshot: { sessions: { user: object }[] }) => ({
				...snapshot,
				sessions: snapshot.sessions.map((one) => ({ ...one, user: { ...one.user, circular } })),
			}),
		],
		[
			"a getter that throws",
			() => ({
				version: 1,
				get sessions() {
					throw new Error("secret");
				},
			}),
		],
		[
			"10,000 rows, one of them malformed",
			(snapshot: { sessions: object[] }) => ({
				...snapshot,
				sessions: Array.from({ length: 10_000 }, (_, index) => ({
					...row(snapshot),
					id: index === 9_999 ? 7 : String(index),
				})),
				active: null,
			}),
		],
	];

	test.each(hostile)("%s: an error in the answer and in the state, and nothing is taken", async (_, spoil) => {
		const { browser } = await render(["Ada"]);
		const { store } = open(browser);
		const { data, error } = store.hydrate(spoil((await good()) as never) as never);
		expect([data, error?.message.includes("secret")]).toEqual([null, false]);
		expect(error?.kind).toBe("invalid-input");
		expect(store.value).toMatchObject({ isPending: true, sessions: [], error });
		await store.refetch();
		expect(store.value).toMatchObject({ isPending: false, error: null, sessions: [{ user: { name: "Ada" } }] });
	});

	test("as the option it is the same, and the page lives", async () => {
		const { browser, snapshot } = await render(["Ada"]);
		const { store } = open(browser, { initial: { ...snapshot, version: 2 as never } });
		expect(store.value).toMatchObject({ isPending: true, error: { kind: "invalid-input" } });
		expect(store.value?.error?.message).toContain("version should be 1");
	});

	test("an error repeats no value", async () => {
		const { browser } = await render(["Ada"]);
		const { store } = open(browser);
		const { error } = store.hydrate({
			version: 1,
			sessions: [{ id: "hunter2hunter2", session: { token: "hunter2hunter2" } }],
		} as never);
		expect(`${error?.message} ${JSON.stringify(error)}`).not.toContain("hunter2");
	});
});
