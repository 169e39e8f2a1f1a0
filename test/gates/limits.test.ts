import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compilerOptions } from "../../docs/compiler-options.js";
import { loopsIn, numbersIn, timersIn, waitsIn } from "./limits.js";

const root = join(import.meta.dirname, "../..");
const place = join(root, "src/device-sessions/");
const table = join(place, "limits.ts");

/** Why these are no limits, or end: by file below src/device-sessions, as it is written there. */
const reasons: Readonly<Record<"numbers" | "timers" | "loops" | "waits", Readonly<Record<string, string>>>> = {
	numbers: {
		"actors/retry.ts: retryAfter * 1000": "seconds as ms",
		"actors/watch-world.ts: refetchInterval * 1000": "seconds as ms",
		"auth/post-sign-out.ts: Math.random().toString(36)": "letters and digits",
		"store/options.ts: 3": "the place of a parameter in a type",
		"store/serialize-snapshot.ts: letter.charCodeAt(0).toString(16)": "hexadecimal",
		'store/serialize-snapshot.ts: letter.charCodeAt(0).toString(16).padStart(4, "0")': "\\u2028 has four digits",
		"store/snapshot.ts: Number(hours) * 60": "hours as minutes",
		'store/snapshot.ts: fraction.padEnd(3, "0")': "a fraction of a second as ms",
		"tabs/names.ts: protocol = 3": "a name",
		"tabs/version.ts: clock.random().toString(36)": "letters and digits",
	},
	timers: {
		"actors/watch-calls.ts: setTimeout(() => setTimeout(forget, limits.untilSignal / 2),":
			"runs against Better Auth's own timer",
		"actors/watch-calls.ts: setTimeout(forget, limits.untilSignal / 2)": "runs against Better Auth's own timer",
		"page/clock.ts: timers.setTimeout(() => (rest > limits.timer ? wait(rest - l": "the clock itself",
		'store/sleep.ts: setTimeout(() => tell({ type: "wake", at: clock.monotonic(),': "a macrotask, no wait",
	},
	loops: {
		"actors/requests.ts: count < limits.hidden": "in the table",
		"auth/secrets.ts: letters[value.charCodeAt(at + 1)]": "ends with the text",
		"auth/secrets.ts: at + length <= stretch.length": "ends with the text",
		"auth/secrets.ts: at < token.length": "ends with the text",
		"auth/secrets.ts: at < value.length": "ends with the text",
		"auth/vault.ts: entries.has(id) && (!base || users.get(base.user.id)?.row.id": "ends with the accounts",
		"auth/secrets.ts: letters[value.charCodeAt(from - 1)]": "ends with the text",
	},
	waits: {
		"actors.ts: run": "the command itself, made of what is looked at here",
		"actors/fetch-device.ts: await listing": "a request that was sent by `send`, with its limit",
		"actors/watch-calls.ts: answer": "nobody waits for it: where it never comes, nothing is told",
		"actors/revoke-rows.ts: SignOut": "handed to `mutate`, by name",
		"actors/run-exclusive.ts: run": "the requests of a command, each with its limit",
		"actors/show.ts: await told": "the app's callback, inside `withTimeout`",
		"auth/session-atom.ts: ask": "called by `send` alone",
		"auth/session-atom.ts: atom.value.refetch": "called by `send`, or forsaken after `timeout`",
		"identity/announce.ts: await before": "the app's callback before, inside `withTimeout`",
		"page/with-timeout.ts: run": "the helper itself",
		"tabs/lock.ts: locks.request": "given up by the lock's own timer",
		"tabs/lock.ts: run": "the requests of a command, or the app's own call",
		"wire/wire.ts: response.clone().json": "the app's own answer; `call.overdue` comes for who waits",
		"wire/wire.ts: response.clone().text": "likewise; the lock of the device is let go by its own timer",
		"wire/wire.ts: send": "the app's own call; `call.overdue` comes for who waits",
		"wire/wire.ts: takeTurn": "the lock's own timer",
	},
};

/** Everything that is looked for, as `file: text`. */
function lookThrough(program: ts.Program, isWanted: (path: string) => boolean) {
	const checker = program.getTypeChecker();
	const isOwn = (path: string) => path.startsWith(join(root, "src/"));
	const files = program.getSourceFiles().filter(({ fileName }) => isWanted(fileName));
	const all = (find: (file: ts.SourceFile) => string[]) =>
		files.flatMap((file) => find(file).map((what) => `${file.fileName.slice(place.length)}: ${what}`));
	return {
		numbers: all(numbersIn),
		timers: all(timersIn),
		loops: all(loopsIn),
		waits: all((file) => waitsIn(file, checker, isOwn)),
	};
}
const program = ts.createProgram([join(root, "src/index.ts")], compilerOptions());
const found = lookThrough(program, (path) => path.startsWith(place) && path !== table);

describe("what stands in src/device-sessions past the table of limits, the clock and `withTimeout` has a reason", () => {
	// Safe: the keys of an object that is written down right here.
	test.each(Object.keys(found) as (keyof typeof found)[])("%s", (kind) => {
		expect([...new Set(found[kind])].sort()).toEqual(Object.keys(reasons[kind]).sort());
	});
});

describe("a planted one is seen", () => {
	const plant = join(place, "plant.ts");
	/** The sources with one more file. */
	function withPlant(text: string) {
		const options = compilerOptions();
		const host = ts.createCompilerHost(options);
		const { fileExists, getSourceFile } = host;
		host.fileExists = (path) => path === plant || fileExists(path);
		host.getSourceFile = (path, version, ...rest) =>
			path === plant
				? ts.createSourceFile(path, text, version, true)
				: (program.getSourceFile(path) ?? getSourceFile(path, version, ...rest));
		return lookThrough(ts.createProgram([plant], options, host, program), (path) => path === plant);
	}

	test("a number", () => {
		const { numbers } = withPlant("const patience = 2_500; export const isLate = (ms: number) => ms > patience;");
		expect(numbers).toEqual(["plant.ts: patience = 2_500"]);
	});

	test("a status, an index and a half are no limits", () => {
		const { numbers } = withPlant("export const ok = (status: number, [a]: number[]) => status < 400 && a! / 2 > 0;");
		expect(numbers).toEqual([]);
	});

	test("a timer past the clock, under either name", () => {
		const { timers } = withPlant("setTimeout(() => {}, 1); globalThis.setInterval(() => {}, 1);");
		expect(timers).toEqual(["plant.ts: setTimeout(() => {}, 1)", "plant.ts: globalThis.setInterval(() => {}, 1)"]);
	});

	test("a loop", () => {
		const { loops } = withPlant(
			"declare const more: () => boolean; while (more()) {} do {} while (more()); for (;;) {}",
		);
		expect(loops).toEqual(["plant.ts: more()", "plant.ts: more()", "plant.ts: for (;;) {}"]);
	});

	test("a wait for a browser, for Better Auth, for the app and for a promise that was handed in", () => {
		const { waits } = withPlant(`
			import type { DeviceSessionsClient } from "../client.js";
			export async function all(client: DeviceSessionsClient, callback: () => Promise<void>, promise: Promise<void>) {
				await fetch("/");
				await navigator.locks.request("a", () => {});
				await client.multiSession.listDeviceSessions();
				await callback();
				await promise;
				void callback();
			}
		`);
		const callees = ["fetch", "navigator.locks.request", "client.multiSession.listDeviceSessions"];
		const all = [...callees, "callback", "callback", "await promise"];
		expect(waits).toEqual(all.map((what) => `plant.ts: ${what}`));
	});

	test("what runs inside the helper, or calls what is looked at itself, is none", () => {
		const { waits } = withPlant(`
			import type { Clock } from "./page/clock.js";
			import { withTimeout } from "./page/with-timeout.js";
			export async function one(clock: Clock, stop: AbortSignal, callback: () => Promise<void>) {
				await withTimeout(clock, 1, stop, async () => { await callback(); }, () => {});
				await Promise.all([two(clock, stop)]).catch(() => {});
			}
			const two = async (clock: Clock, stop: AbortSignal) => one(clock, stop, async () => {});
		`);
		expect(waits).toEqual([]);
	});
});
