import { createAuthClient } from "better-auth/client";
import { describe, expect, test } from "vitest";
import type { CoreClient } from "../../../../src/client.js";
import { createSessionAtom } from "../../../../src/device-sessions/auth/session-atom.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { pretend } from "../../../../src/device-sessions/page/environment.js";
import { OperationError } from "../../../../src/errors.js";
import { createTestClock, settle } from "../../../../src/testing/clock.js";
import { look } from "../look.js";

const whole = (name: string) => ({ session: { id: `s-${name}`, token: `t-${name}` }, user: { id: name, name } });

/** A client of Better Auth's own, whose server answers when the test says so. */
function openClient() {
	const waiting: ((body: unknown, status: number) => void)[] = [];
	const urls: URL[] = [];
	const client = createAuthClient({
		baseURL: "http://localhost:3000",
		fetchOptions: {
			retry: 0,
			customFetchImpl: (input) => {
				urls.push(new URL(String(input)));
				return new Promise((resolve) => {
					waiting.push((body, status) => resolve(Response.json(body, { status })));
				});
			},
		},
	});
	const time = createTestClock(0, () => 0);
	pretend(client, { page: {}, clock: time });
	let version = "1";
	let goesOnFor = 0;
	const atom = createSessionAtom(client, toClock(time), { current: () => version, goesOnFor: () => goesOnFor }, 10_000);
	return {
		client,
		time,
		atom,
		urls,
		/** Answers the request that has waited longest. */
		async answer(body: unknown, status = 200) {
			await settle();
			waiting.shift()?.(body, status);
			await settle();
		},
		waiting: () => waiting.length,
		/** Something changes on this device. */
		move(): void {
			version += "1";
		},
		/** It goes on, for so many ms at most. */
		goOnFor(ms: number): void {
			goesOnFor = ms;
		},
	};
}
const never = () => new AbortController().signal;

/** What a promise has come to so far. */
function watch<T>(promise: Promise<T>) {
	const seen: T[] = [];
	promise.then((value) => seen.push(value));
	return seen;
}

describe("a client that is none of Better Auth's", () => {
	test.each([null, undefined, {}, { $store: {} }, { $store: { atoms: {} } }, { $store: { atoms: { session: {} } } }])(
		"%o is refused at once, with what to pass instead",
		(client) => {
			// Safe: what a page without types may pass.
			const open = () =>
				createSessionAtom(
					client as CoreClient,
					toClock(createTestClock(0, () => 0)),
					{ current: () => "", goesOnFor: () => 0 },
					10_000,
				);
			expect(open).toThrow(OperationError);
			expect(open).toThrow(expect.objectContaining({ kind: "invalid-input", operation: "createDeviceSessions" }));
			expect(open).toThrow("createAuthClient()");
		},
	);
});

test("an atom that nobody has mounted is not fetched, however often it is asked", async () => {
	const { atom, urls } = openClient();
	expect(atom.current()).toBeUndefined();
	expect([atom.isBusy(), atom.held()]).toEqual([false, null]);
	await settle();
	expect(urls).toEqual([]);
});

test.each([
	["fresh", null],
	["certain", "true"],
] as const)("a %s read answers what the atom then holds, and of the cookie cache says %j", async (freshness, past) => {
	const { atom, urls, answer } = openClient();
	const read = atom.read(freshness, never());
	await answer(whole("ada"));
	expect(await read).toMatchObject({ data: { user: { id: "ada" } }, error: null });
	expect(atom.current()).toEqual(await read);
	expect(atom.held()).toMatchObject(whole("ada"));
	expect(urls.map(({ pathname, searchParams }) => [pathname, searchParams.get("disableCookieCache")])).toEqual([
		["/api/auth/get-session", past],
	]);
});

test("a certain read asks once more where a look that the cookie cache may answer has taken its place", async () => {
	const { atom, urls, answer } = openClient();
	const read = watch(atom.read("certain", never()));
	await settle();
	void atom.refetch();
	await settle();
	await answer(whole("ada"));
	await answer(whole("ada"));
	expect(read).toEqual([]);
	await answer(null);
	expect(read).toEqual([{ data: null, error: null }]);
	expect(urls.map(({ searchParams }) => searchParams.get("disableCookieCache"))).toEqual(["true", null, "true"]);
});

test("nobody signed in is an answer, and no failure", async () => {
	const { atom, answer } = openClient();
	const read = atom.read("fresh", never());
	await answer(null);
	expect(await read).toEqual({ data: null, error: null });
});

test("while a fetch is under way the atom has not settled", async () => {
	const { atom, answer } = openClient();
	const read = atom.read("fresh", never());
	await settle();
	expect([atom.current(), atom.isBusy()]).toEqual([undefined, true]);
	await answer(whole("ada"));
	await read;
	expect(atom.isBusy()).toBe(false);
});

test.each([
	["a refusal", { code: "NO", message: "No." }, 403, "forbidden"],
	["a failure of the server", {}, 503, "server"],
	["an answer that is nobody", { session: {}, user: {} }, 200, "invalid-response"],
])("%s is an error, without what the server said of anybody", async (_, body, status, kind) => {
	const { atom, answer } = openClient();
	const read = atom.read("fresh", never());
	await answer(body, status);
	expect((await read).error).toMatchObject({ kind, operation: "getSession" });
});

test("a fresh read counts no answer that was on its way before; a joined one does", async () => {
	const { atom, answer, waiting } = openClient();
	const first = watch(atom.read("fresh", never()));
	await settle();
	const joined = watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(1);
	const fresh = watch(atom.read("fresh", never()));
	await settle();
	expect(waiting()).toBe(2);
	// The first fetch is superseded: whatever it says, the atom holds what the second one does.
	await answer(whole("ada"));
	expect([first, joined, fresh]).toEqual([[], [], []]);
	await answer(whole("bob"));
	for (const seen of [first, joined, fresh]) expect(seen).toMatchObject([{ data: { user: { id: "bob" } } }]);
});

test.each<[string, (opened: ReturnType<typeof openClient>) => void]>([
	["began before the device has changed", ({ move }) => move()],
	["hangs, so that nobody waits for it any more,", ({ atom }) => atom.forsake()],
])("a fetch that %s is not joined", async (_, spoil) => {
	const opened = openClient();
	const { atom, answer, waiting } = opened;
	watch(atom.read("fresh", never()));
	await settle();
	spoil(opened);
	const joined = watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(2);
	await answer(whole("ada"));
	expect(joined).toEqual([]);
	await answer(whole("bob"));
	expect(joined).toMatchObject([{ data: { user: { id: "bob" } } }]);
});

test("a fetch that has begun this very moment is joined", async () => {
	const { atom, answer, waiting } = openClient();
	atom.listen(() => {});
	await answer(null);
	atom.fireSignal();
	const joined = watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(1);
	await answer(whole("ada"));
	expect(joined).toMatchObject([{ data: { user: { id: "ada" } } }]);
});

describe("what was asked for less than a second ago", () => {
	async function openSettled() {
		const opened = openClient();
		const read = opened.atom.read("fresh", never());
		await opened.answer(whole("ada"));
		await read;
		return opened;
	}

	test("will do where that is asked for, and is read again where it is older", async () => {
		const { atom, time, urls, answer } = await openSettled();
		await time.advance(999);
		expect(await atom.read("settled", never())).toMatchObject({ data: { user: { id: "ada" } } });
		expect(urls).toHaveLength(1);
		await time.advance(1);
		const read = atom.read("settled", never());
		await answer(whole("bob"));
		expect(await read).toMatchObject({ data: { user: { id: "bob" } } });
	});

	test.each<[string, (time: ReturnType<typeof openClient>["time"]) => unknown]>([
		["has passed by the time of day alone: the page slept", (time) => time.jump(time.now() + 1_000)],
		["was set back", (time) => time.jump(time.now() - 1_000)],
		[
			"has passed by the monotonic clock alone",
			async (time) => {
				const before = time.now();
				await time.advance(1_000);
				time.jump(before);
			},
		],
	])("is older where a second %s", async (_, pass) => {
		const { atom, answer, time, urls } = openClient();
		await time.advance(5_000);
		const read = atom.read("fresh", never());
		await answer(whole("ada"));
		await read;
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(1);
		await pass(time);
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(2);
	});

	// Somebody comes back: what began more than a second before is in doubt, however late its answer came.
	test("is as old as the question: a slow answer makes it no younger", async () => {
		const { atom, time, urls, answer } = openClient();
		const read = atom.read("fresh", never());
		await time.advance(600);
		await answer(whole("ada"));
		await read;
		await time.advance(400);
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(2);
	});

	test.each(["fresh", "joined"] as const)("is read again for a %s one", async (freshness) => {
		const { atom, urls, answer } = await openSettled();
		const read = atom.read(freshness, never());
		await answer(whole("bob"));
		expect(await read).toMatchObject({ data: { user: { id: "bob" } } });
		expect(urls).toHaveLength(2);
	});

	test("will not do where the device has changed since it was asked for", async () => {
		const { atom, move, urls } = await openSettled();
		move();
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(2);
	});

	test("will not do where a change went on when it was asked for: it may be from before that", async () => {
		const { atom, answer, goOnFor, urls } = openClient();
		goOnFor(100);
		const read = atom.read("fresh", never());
		await answer(whole("ada"));
		await read;
		goOnFor(0);
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(2);
	});

	test("will not do where it is a failure", async () => {
		const { atom, urls, answer } = openClient();
		const read = atom.read("fresh", never());
		await answer({}, 503);
		await read;
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(2);
	});

	test("is not known any more once the atom is released", async () => {
		const { atom, client, time, urls, answer } = await openSettled();
		atom.release();
		await time.advance(2_000);
		look(client);
		await answer(whole("bob"));
		watch(atom.read("settled", never()));
		await settle();
		expect(urls).toHaveLength(3);
	});
});

test("a fetch that was under way before the store was made, while a change went on, is not joined", async () => {
	const { client, time, waiting } = openClient();
	look(client);
	await settle();
	const atom = createSessionAtom(client, toClock(time), { current: () => "1", goesOnFor: () => 100 }, 10_000);
	watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(2);
});

test("a fetch that takes the place of one that nobody counts on is shared", async () => {
	const { atom, client, waiting } = openClient();
	look(client);
	await settle();
	atom.forsake();
	void atom.refetch();
	await settle();
	expect(waiting()).toBe(2);
	watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(2);
});

test.each([
	["a read joins", false, 9_000, 1],
	["a read does not join", false, 11_000, 2],
	["the read after one that has waited for it joins", true, 11_000, 1],
	["the read after one that has waited for it does not join", true, 21_000, 2],
] as const)("with a time-out of ten seconds, %s (%j) a fetch that is %i ms old", async (_, isRetry, ms, count) => {
	const { atom, client, time, waiting } = openClient();
	look(client);
	await settle();
	await time.advance(ms);
	watch(atom.read("settled", never(), isRetry));
	await settle();
	expect(waiting()).toBe(count);
});

test("a fetch from before the page slept is not joined", async () => {
	const { atom, client, time, waiting } = openClient();
	look(client);
	await settle();
	time.jump(time.now() + 3_600_000);
	watch(atom.read("settled", never()));
	await settle();
	expect(waiting()).toBe(2);
});

test("a fetch that was under way before the store was made is joined", async () => {
	const { atom: earlier, client, time, answer, waiting } = openClient();
	void earlier.refetch();
	await settle();
	expect(waiting()).toBe(1);
	const atom = createSessionAtom(client, toClock(time), { current: () => "1", goesOnFor: () => 0 }, 10_000);
	const joined = watch(atom.read("joined", never()));
	await settle();
	expect(waiting()).toBe(1);
	await answer(whole("ada"));
	expect(joined).toMatchObject([{ data: { user: { id: "ada" } } }]);
});

test("a look asks as useSession does, with the cookie cache", async () => {
	const { atom, urls } = openClient();
	void atom.refetch();
	await settle();
	expect(urls.map(({ searchParams }) => searchParams.get("disableCookieCache"))).toEqual([null]);
});

test("a signal is the store's own where the store expects one of Better Auth's, and not before", async () => {
	const { client, atom } = openClient();
	const heard: boolean[] = [];
	atom.onSignal((isOwn) => heard.push(isOwn));
	client.$store.notify("$sessionSignal");
	atom.expectSignal();
	client.$store.notify("$sessionSignal");
	await settle();
	client.$store.notify("$sessionSignal");
	expect(heard).toEqual([false, true, false]);
});

test("a client that has no session signal tells of none", () => {
	const { client, time } = openClient();
	const { session } = client.$store.atoms;
	// Safe: as much of a client as is looked at.
	const bare = { $store: { notify() {}, atoms: { session } } } as unknown as CoreClient;
	expect(
		createSessionAtom(bare, toClock(time), { current: () => "", goesOnFor: () => 0 }, 10_000).onSignal(() => {}),
	).toBeUndefined();
});

describe("on a server, where the client and its atom may be everybody's", () => {
	function openServer() {
		const urls: URL[] = [];
		const bodies: unknown[] = [whole("ada"), whole("bob"), null];
		const client = createAuthClient({
			baseURL: "http://localhost:3000",
			fetchOptions: {
				customFetchImpl: async (input, init) => {
					init?.signal?.throwIfAborted();
					urls.push(new URL(String(input)));
					return Response.json(bodies.shift());
				},
			},
		});
		const atom = createSessionAtom(
			client,
			toClock(createTestClock(0, () => 0)),
			{ current: () => "1", goesOnFor: () => 0 },
			10_000,
		);
		return { atom, client, urls };
	}

	test("each read asks for itself, past the cookie cache where that is asked for", async () => {
		const { atom, urls } = openServer();
		expect(await atom.read("joined", never())).toMatchObject({ data: { user: { id: "ada" } } });
		expect(await atom.read("certain", never())).toMatchObject({ data: { user: { id: "bob" } } });
		expect(await atom.read("settled", never())).toEqual({ data: null, error: null });
		expect(urls.map(({ searchParams }) => searchParams.get("disableCookieCache"))).toEqual([null, "true", null]);
	});

	test("a read that is stopped ends", async () => {
		const { atom } = openServer();
		expect(await atom.read("fresh", AbortSignal.abort())).toMatchObject({ error: { kind: "aborted" } });
	});

	test("nothing is known beside a read, nothing is heard, and the atom is left alone", async () => {
		const { atom, client } = openServer();
		// Safe: nanostores counts an atom's listeners there.
		const { lc } = client.$store.atoms["session"] as unknown as { lc: number };
		await atom.read("fresh", never());
		expect([atom.current(), atom.isBusy(), atom.held(), atom.onSignal(() => {}), lc]).toEqual([
			undefined,
			false,
			undefined,
			undefined,
			0,
		]);
		expect(atom.release()).toBeUndefined();
	});
});

test("a read that is stopped lets go of the atom, and so does one that has ended", async () => {
	const { client, atom, answer } = openClient();
	// nanostores counts an atom's listeners in `lc`; the one that stays is what notes when it settles, which release ends.
	const count = () => Number(Object(client.$store.atoms["session"]).lc);
	const idle = count();
	const stop = new AbortController();
	watch(atom.read("fresh", stop.signal));
	const other = atom.read("joined", never());
	await settle();
	expect(count()).toBe(idle + 2);
	stop.abort();
	expect(count()).toBe(idle + 1);
	await answer(whole("ada"));
	await other;
	expect(count()).toBe(idle);
});

test("listeners hear what the atom settles on, and that the session has changed", async () => {
	const { client, atom, answer } = openClient();
	const heard: string[] = [];
	const stop = atom.listen(() => heard.push("atom"));
	const silence = atom.onSignal((isOwn) => heard.push(isOwn ? "own signal" : "signal"));
	atom.fireSignal();
	await settle();
	client.$store.notify("$sessionSignal");
	expect(heard.filter((what) => what.endsWith("signal"))).toEqual(["own signal", "signal"]);
	await answer(whole("ada"));
	expect(heard).toContain("atom");
	stop();
	silence?.();
	heard.length = 0;
	atom.fireSignal();
	expect(heard).toEqual([]);
});
