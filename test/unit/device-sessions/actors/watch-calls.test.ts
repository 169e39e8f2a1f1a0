import { describe, expect, onTestFinished, test, vi } from "vitest";
import { watchCalls } from "../../../../src/device-sessions/actors/watch-calls.js";
import type { Identity } from "../../../../src/device-sessions/auth/vault.js";
import type { Call, DeviceSessionsEvent } from "../../../../src/device-sessions/events.js";
import { createChannel } from "../../../../src/device-sessions/tabs/channel.js";
import { createEnded } from "../../../../src/device-sessions/tabs/ended.js";
import { createHalfWay } from "../../../../src/device-sessions/tabs/half-way.js";
import { createLastUsed } from "../../../../src/device-sessions/tabs/last-used.js";
import { createVersion } from "../../../../src/device-sessions/tabs/version.js";
import type { CallEnd, WireListener } from "../../../../src/device-sessions/wire/wire.js";
import { settle } from "../../../../src/testing/index.js";
import { row } from "../machine/data.js";
import { openDevice } from "../tabs/device.js";

const timeout = 10_000;

/** A page whose calls the test makes, and what its machine is told of them. */
async function watch({ hasWire = true } = {}) {
	const { clock, page, openStorage, time } = openDevice();
	await time.advance(60_000);
	const channel = createChannel(page, "channel");
	const version = createVersion(openStorage(), channel, clock, timeout);
	const halfWay = createHalfWay(openStorage(), clock);
	const lastUsed = createLastUsed(openStorage(), clock);
	const ended = createEnded(openStorage(), clock, true);
	let listener: WireListener | undefined;
	const wire = {
		listen(given: WireListener) {
			listener = given;
			return () => {
				listener = undefined;
			};
		},
	};
	let signal: ((isOwn: boolean) => void) | undefined;
	const forsake = vi.fn();
	const atom = {
		forsake,
		onSignal(given: (isOwn: boolean) => void) {
			signal = given;
			return () => {
				signal = undefined;
			};
		},
	};
	const events: DeviceSessionsEvent[] = [];
	let late: (() => void) | undefined;
	// Safe: as much of the atom and of the wire as is used here.
	const device = {
		atom,
		clock,
		ended,
		halfWay,
		identity: { shown: () => ({ user: { id: "user-a" } }) },
		lastUsed,
		onLate(run: () => void) {
			late = run;
			return () => {
				late = undefined;
			};
		},
		settings: { timeout },
		// The rows of the page are a and b.
		vault: { find: ({ session }: Identity) => ["a", "b"].find((id) => id === session["id"]) },
		version,
		...(hasWire && { wire }),
	} as unknown as Parameters<typeof watchCalls>[0];
	const end = watchCalls(device, (event) => events.push(event));
	let calls = 0;
	return {
		end,
		ended,
		events,
		forsake,
		halfWay,
		lastUsed,
		time,
		version,
		signal: (isOwn = false) => signal?.(isOwn),
		late: () => late?.(),
		isListening: () => listener !== undefined || signal !== undefined || late !== undefined,
		told: () => events.splice(0),
		/** A call that has begun; ends it. */
		begin(effect: Call["effect"], path = "/a-call") {
			calls += 1;
			const call: Call = { id: calls, method: "POST", path, effect };
			const ended = listener?.(call);
			return (status: number | null = 200, more: Omit<CallEnd, "status"> = {}) => ended?.({ status, ...more });
		},
		/** A sign-in that asks for a second factor. */
		signInHalfWay() {
			this.begin("change", "/sign-in/email")(200, { isHalfWay: true });
		},
	};
}

describe("a change", () => {
	test("moves the version when it begins, and again when it ends", async () => {
		const { begin, told, version } = await watch();
		const before = version.current();
		const end = begin("change");
		const begun = version.current();
		expect(told()).toMatchObject([{ type: "call.began", version: begun }]);
		end();
		const ended = {
			type: "call.ended",
			id: 1,
			at: 60_000,
			isNews: false,
			isUncertain: false,
			version: version.current(),
		};
		expect(told()).toEqual([ended]);
		expect(new Set([before, begun, version.current()]).size).toBe(3);
	});

	test.each([400, 401, 422, 429, 499])(
		"that is refused with %s carries what was known over, and is none",
		async (status) => {
			const { begin, told, version } = await watch();
			const before = version.current();
			const end = begin("change");
			told();
			end(status);
			expect(told()).toEqual([
				{ type: "version.carried", at: 60_000, from: before, to: version.current() },
				{ type: "call.ended", id: 1, at: 60_000, isNews: false },
			]);
		},
	);

	test("that goes on at an OAuth provider carries what was known over, who was active too, and is none", async () => {
		const { begin, lastUsed, told, version } = await watch();
		const before = version.current();
		lastUsed.remember("a", before);
		const end = begin("change", "/sign-in/social");
		told();
		end(200, { goesOn: true });
		expect(told()).toEqual([
			{ type: "version.carried", at: 60_000, from: before, to: version.current() },
			{ type: "call.ended", id: 1, at: 60_000, isNews: false },
		]);
		expect(lastUsed.active()).toEqual({ id: "a", version: version.current() });
	});

	test("that is refused carries nothing over where another tab has moved the version meanwhile", async () => {
		const { begin, told, version } = await watch();
		const end = begin("change");
		version.hear("another tab's");
		told();
		end(401);
		expect(told()).toMatchObject([{ type: "version.carried", from: null }, { type: "call.ended" }]);
	});

	test("that is refused says who is active at the version after it, where that was known, and nothing came in between", async () => {
		const { begin, lastUsed, version } = await watch();
		lastUsed.remember("a", version.current());
		begin("change")(401);
		expect(lastUsed.active()).toEqual({ id: "a", version: version.current() });
		const end = begin("change");
		version.hear("another tab's");
		end(401);
		expect(lastUsed.active()?.version).not.toBe(version.current());
		begin("change")(401);
		expect(lastUsed.active()?.version).not.toBe(version.current());
	});

	test("that is refused carries nothing over from while another one goes on, nor says who is active", async () => {
		const { begin, lastUsed, time, told, version } = await watch();
		// In a tab that has gone: nobody tells of its end.
		version.hear("another tab's");
		lastUsed.remember("a", version.current());
		begin("change")(401);
		expect(told()).toMatchObject([{ type: "call.began" }, { type: "version.carried", from: null }, {}]);
		expect(lastUsed.active()?.version).not.toBe(version.current());
		await time.advance(timeout);
		lastUsed.remember("a", version.current());
		begin("change")(401);
		expect(lastUsed.active()).toEqual({ id: "a", version: version.current() });
	});

	test("two that overlap: neither is alone", async () => {
		const { begin, told } = await watch();
		const [first, second] = [begin("change"), begin("change")];
		told();
		first(401);
		second(401);
		const carried = told().filter(({ type }) => type === "version.carried");
		expect(carried).toMatchObject([{ from: null }, { from: null }]);
	});

	test.each([[null], [500], [502], [302], [200]])("that ends with %o may have happened", async (status) => {
		const { begin, told, version } = await watch();
		const end = begin("change");
		told();
		end(status);
		expect(told()).toMatchObject([{ type: "call.ended", version: version.current() }]);
	});

	test("that takes too long is told to be overdue, once, and its end all the same", async () => {
		const { begin, time, told, version } = await watch();
		const end = begin("change");
		told();
		await time.advance(timeout);
		expect(told()).toEqual([{ type: "call.overdue", id: 1 }]);
		await time.advance(timeout);
		end();
		expect(told()).toMatchObject([{ type: "call.ended", version: version.current() }]);
		expect(time.pending).toBe(0);
	});
});

describe("any other call", () => {
	test.each<[Call["effect"], number | null, boolean]>([
		["data", 200, true],
		["data", 500, true],
		["data", null, true],
		["data", 403, false],
		["look", 200, false],
		["harmless", 200, false],
		["unknown", 200, false],
	])("%s that ends with %o moves no version; it is news: %s", async (effect, status, isNews) => {
		const { begin, told, version } = await watch();
		const before = version.current();
		begin(effect)(status);
		expect(told()).toMatchObject([{ type: "call.began" }, { type: "call.ended", id: 1, isNews }]);
		expect(version.current()).toBe(before);
	});

	test.each<[Call["effect"], number | null, boolean]>([
		["data", 401, true],
		["unknown", 200, true],
		["data", null, false],
		["look", 200, false],
		["harmless", 200, false],
	])(
		"%s that ends with %o after another tab has changed something may have undone that: %s",
		async (effect, status, hasCrossed) => {
			const { begin, told, version } = await watch();
			const end = begin(effect);
			version.hear("another tab's!");
			end(status);
			expect(told().at(-1)).toMatchObject({ type: "call.ended", hasCrossed });
		},
	);

	describe("that ends after another tab has changed something", () => {
		/** How often it is news of who is active, for a device of which that is known. */
		async function end(
			effect: Call["effect"],
			status: number,
			answer: () => Promise<unknown>,
			known: string | null = "a",
			isNewest = true,
		) {
			const { begin, forsake, lastUsed, told, version } = await watch();
			const before = version.current();
			const ended = begin(effect);
			version.hear("another tab's!");
			lastUsed.remember(known, isNewest ? version.current() : before);
			const moved = version.current();
			ended(status, { answer });
			await settle();
			expect(version.current()).toBe(moved);
			const over = told().flatMap((event) => (event.type === "call.ended" ? [event] : []));
			const news = over.filter(({ isNews }) => isNews).length;
			expect(forsake).toHaveBeenCalledTimes(news);
			return { news, isUncertain: over.some(({ isUncertain }) => isUncertain) };
		}
		const unauthorized = async () => ({ code: "UNAUTHORIZED" });
		const somebody = (id: string) => async () => ({ session: { id }, user: {} });

		test.each<[string, Call["effect"], number, () => Promise<unknown>]>([
			["a look that finds nobody", "look", 200, async () => null],
			["a look that finds nobody in another form", "look", 200, async () => ({ session: null, user: null })],
			["a look that is refused", "look", 401, unauthorized],
			["a harmless one that is refused", "harmless", 401, unauthorized],
		])("%s has taken the cookie away: this page looks, unless that is known", async (_, effect, status, answer) => {
			expect(await end(effect, status, answer)).toEqual({ news: 1, isUncertain: true });
			expect(await end(effect, status, answer, null)).toEqual({ news: 0, isUncertain: false });
			expect(await end(effect, status, answer, null, false)).toEqual({ news: 1, isUncertain: true });
		});

		test("a look that finds another account may have brought its cookie back: this page looks", async () => {
			expect(await end("look", 200, somebody("b"))).toEqual({ news: 1, isUncertain: true });
			expect(await end("look", 200, somebody("a"))).toEqual({ news: 0, isUncertain: false });
		});

		test("a look that finds the account from before may have brought its cookie back, as long as nobody has read", async () => {
			expect(await end("look", 200, somebody("a"), "a", false)).toEqual({ news: 1, isUncertain: true });
		});

		test("a look that finds somebody who is not among the rows may have brought back whoever is signed out", async () => {
			expect(await end("look", 200, somebody("c"))).toEqual({ news: 0, isUncertain: true });
		});

		test.each<[string, number, () => Promise<unknown>]>([
			["finds somebody who says nothing", 200, async () => ({ session: {} })],
			["cannot be read", 200, () => Promise.reject(new SyntaxError("no JSON"))],
			["fails at the server", 500, async () => null],
			["is refused for another reason", 401, async () => ({ code: "INVALID_PASSWORD" })],
		])("a look that %s is only a look", async (_, status, answer) => {
			expect(await end("look", status, answer)).toEqual({ news: 0, isUncertain: false });
		});
	});

	test("look that finds nobody while nothing has changed is not read at all", async () => {
		const { begin, lastUsed, version } = await watch();
		lastUsed.remember("a", version.current());
		const answer = vi.fn(async () => null);
		begin("look")(200, { answer });
		expect(answer).not.toHaveBeenCalled();
	});

	test("harmless one that succeeds is not read, whatever has changed; nor is a look that was lost", async () => {
		const { begin, lastUsed, version } = await watch();
		const answer = vi.fn(async () => null);
		const [harmless, look] = [begin("harmless"), begin("look")];
		version.hear("another tab's!");
		lastUsed.remember("a", version.current());
		harmless(200, { answer });
		look(null, { answer });
		expect(answer).not.toHaveBeenCalled();
	});

	test("that takes too long is told to be overdue as well", async () => {
		const { begin, time, told } = await watch();
		begin("look");
		await time.advance(timeout);
		expect(told()).toContainEqual({ type: "call.overdue", id: 1 });
	});

	test("that ends in time is never told to be overdue", async () => {
		const { begin, time, told } = await watch();
		begin("look")();
		told();
		await time.advance(timeout);
		expect([told(), time.pending]).toEqual([[], 0]);
	});
});

test("a mutation of the store's own that ends after its time moves the version", async () => {
	const { late, told, version } = await watch();
	late();
	expect(told()).toEqual([{ type: "device.moved", version: version.current(), isOver: true, at: 60_000, wait: 0 }]);
});

describe("Better Auth's session signal", () => {
	const moved = (events: readonly DeviceSessionsEvent[]) => events.filter(({ type }) => type === "device.moved");

	test.each([true, false])("fired by nobody who is known here moves the version (with a wire: %s)", async (hasWire) => {
		const { signal, told, version } = await watch({ hasWire });
		signal();
		expect(told()).toEqual([{ type: "device.moved", version: version.current(), isOver: true, at: 60_000, wait: 0 }]);
	});

	test("fired by the store itself moves nothing", async () => {
		const { signal, told } = await watch();
		signal(true);
		expect(told()).toEqual([]);
	});

	test("that follows a call which was seen moves nothing more", async () => {
		const { begin, signal, told } = await watch();
		// By a timer as real as Better Auth's own.
		vi.useFakeTimers({ toFake: ["setTimeout"] });
		onTestFinished(() => void vi.useRealTimers());
		begin("change")();
		vi.advanceTimersByTime(10);
		signal();
		expect(moved(told())).toEqual([]);
		vi.advanceTimersByTime(100);
		signal();
		expect(moved(told())).toHaveLength(1);
	});
});

describe("a sign-in that is half-way", () => {
	test("is none where no second factor is asked for", async () => {
		const { begin, halfWay } = await watch();
		const end = begin("change", "/sign-in/email");
		expect(halfWay.current()).toBeNull();
		end();
		expect(halfWay.current()).toBeNull();
	});

	test("stays so where a second factor is asked for, until that is verified", async () => {
		const page = await watch();
		page.signInHalfWay();
		expect(page.halfWay.current()).not.toBeNull();
		page.begin("change", "/two-factor/verify-totp")(200, { hasToken: true });
		expect(page.halfWay.current()).toBeNull();
	});

	test.each(["/sign-in/email", "/sign-in/username", "/sign-up/email"])(
		"is over where %s ends that was sent before it, and has signed somebody in",
		async (path) => {
			const page = await watch();
			const end = page.begin("change", path);
			page.signInHalfWay();
			end(200, { hasToken: true });
			expect(page.halfWay.current()).toBeNull();
		},
	);

	test.each(["/two-factor/verify-totp", "/sign-out", "/sign-up/email", "/verify-email", "/email-otp/verify-email"])(
		"stays so where %s ends that was sent before it",
		async (path) => {
			const page = await watch();
			const end = page.begin("change", path);
			page.signInHalfWay();
			end();
			expect(page.halfWay.current()).not.toBeNull();
		},
	);

	test("stays so where a sign-in from before it comes late, to a page that was frozen", async () => {
		const page = await watch();
		const end = page.begin("change", "/sign-in/email");
		page.signInHalfWay();
		end(200, { hasToken: true, isLate: true });
		expect(page.halfWay.current()).not.toBeNull();
	});

	test("stays so where a sign-in from before it has taken longer than a request may, as in a page that was frozen while nobody looked", async () => {
		const page = await watch();
		const end = page.begin("change", "/sign-in/email");
		page.signInHalfWay();
		await page.time.advance(timeout);
		end(200, { hasToken: true });
		expect(page.halfWay.current()).not.toBeNull();
	});

	test("is over where the code comes late, to a page that was frozen", async () => {
		const page = await watch();
		page.signInHalfWay();
		page.begin("change", "/two-factor/verify-totp")(200, { hasToken: true, isLate: true });
		expect(page.halfWay.current()).toBeNull();
	});

	test("stays so where the sign-in is made once more, and asks again", async () => {
		const page = await watch();
		page.signInHalfWay();
		page.signInHalfWay();
		expect(page.halfWay.current()).not.toBeNull();
	});

	test.each([[null], [500]])("stays so where what ended with %o may have verified it: a read tells", async (status) => {
		const page = await watch();
		page.signInHalfWay();
		page.begin("change", "/two-factor/verify-totp")(status);
		expect(page.halfWay.current()).not.toBeNull();
	});

	test("began with who was active, though the sign-in has taken longer than a request may", async () => {
		const page = await watch();
		page.lastUsed.remember("a", page.version.current());
		const end = page.begin("change", "/sign-in/email");
		await page.time.advance(timeout);
		end(200, { isHalfWay: true });
		expect(page.halfWay.current()?.from).toBe("a");
	});

	test("is told when it stops, with who was active when it began", async () => {
		const page = await watch();
		page.lastUsed.remember("a", page.version.current());
		page.signInHalfWay();
		const signingIn = { from: "a", until: 660_000 };
		expect(page.told().at(-1)).toMatchObject({ type: "call.ended", isNews: false, signingIn });
		page.begin("change", "/two-factor/verify-totp")();
		expect(page.told().at(-1)).not.toHaveProperty("signingIn");
	});

	test("does not say who was active where that is as old as another version", async () => {
		const page = await watch();
		page.lastUsed.remember("a", "another");
		page.signInHalfWay();
		expect(page.halfWay.current()?.from).toBeNull();
	});

	test("does not say who was active where that was read while the sign-in before it went on", async () => {
		const page = await watch();
		const end = page.begin("change", "/sign-in/email");
		page.lastUsed.remember("a", page.version.current());
		// One goes without its turn where the other takes too long.
		const endNext = page.begin("change", "/sign-in/email");
		end(200, { hasToken: true });
		endNext(200, { isHalfWay: true });
		expect(page.halfWay.current()?.from).toBeNull();
	});

	test("does not say who was active where its page was frozen meanwhile: somebody else may have come", async () => {
		const page = await watch();
		page.lastUsed.remember("a", page.version.current());
		page.begin("change", "/sign-in/email")(200, { isHalfWay: true, isLate: true });
		expect(page.halfWay.current()?.from).toBeNull();
	});

	test("still says who was active after a sign-in that was refused", async () => {
		const page = await watch();
		page.lastUsed.remember("a", page.version.current());
		page.begin("change", "/sign-in/email")(401);
		page.signInHalfWay();
		expect(page.halfWay.current()?.from).toBe("a");
	});

	test("stays so where somebody is sent to an OAuth provider: nobody has come yet", async () => {
		const page = await watch();
		page.signInHalfWay();
		page.begin("change", "/sign-in/social")(200, { goesOn: true });
		expect(page.halfWay.current()).not.toBeNull();
	});

	test("stays so where the second factor is refused: another try is left", async () => {
		const page = await watch();
		page.signInHalfWay();
		page.begin("change", "/two-factor/verify-totp")(401);
		expect(page.halfWay.current()).not.toBeNull();
	});

	test.each(["/revoke-session", "/delete-user/callback", "/change-password", "/admin/ban-user"])(
		"stays so where %s ends meanwhile: it signs nobody in",
		async (path) => {
			const page = await watch();
			page.signInHalfWay();
			page.begin("change", path)();
			expect(page.halfWay.current()).not.toBeNull();
		},
	);

	test.each<Call["effect"]>(["data", "look", "harmless", "unknown"])(
		"stays so where a call ends that is no change: %s",
		async (effect) => {
			const page = await watch();
			page.signInHalfWay();
			page.begin(effect)();
			expect(page.halfWay.current()).not.toBeNull();
		},
	);
});

describe("accounts that have ended", () => {
	/** `a` and `b` are signed in, the session of `c` has ended. */
	async function remember() {
		const page = await watch();
		const at = page.version.end();
		page.ended.take(at, [row("a"), row("b"), row("c")]);
		page.ended.take(at, [row("a"), row("b")], true);
		/** Whom a read remembers that finds only these. */
		const found = (...ids: string[]) =>
			page.ended
				.take(
					page.version.current(),
					ids.map((id) => row(id)),
					true,
				)
				.map(({ id }) => id);
		return { ...page, found };
	}

	test.each([[200], [500], [null]])("are forgotten where the app signs out (%o)", async (status) => {
		const { begin, found } = await remember();
		begin("change", "/sign-out")(status);
		expect(found()).toEqual([]);
	});

	test("are not where that is refused", async () => {
		const { begin, found } = await remember();
		begin("change", "/sign-out")(403);
		expect(found("a", "b")).toEqual(["user-c"]);
	});

	test("are told from those that a change of the app's has signed out", async () => {
		const { begin, found } = await remember();
		const end = begin("change", "/multi-session/revoke");
		expect(found("a")).toEqual(["user-c"]);
		end();
		expect([found("a"), found()]).toEqual([["user-c"], ["user-a", "user-c"]]);
	});

	test.each(["/delete-user", "/delete-user/callback"])(
		"never are who is deleted (%s), at once or by a mail",
		async (path) => {
			const { begin, found } = await remember();
			begin("change", path)();
			expect(found("a", "b")).toEqual(["user-c"]);
			expect(found()).toEqual(["user-b", "user-c"]);
		},
	);
});

test("a client without the plugin has no wire to listen to", async () => {
	const { end, isListening } = await watch({ hasWire: false });
	end();
	expect(isListening()).toBe(false);
});

test("ended, it listens no more and leaves no timer behind", async () => {
	const { begin, end, isListening, time } = await watch();
	begin("change");
	end();
	expect([isListening(), time.pending]).toEqual([false, 0]);
});
