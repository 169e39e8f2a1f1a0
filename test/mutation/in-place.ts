import { appendFileSync, writeFileSync } from "node:fs";
import { type RunnerTestCase, vi } from "vitest";
import { VitestTestRunner } from "vitest/runners";
import { files, linesOf } from "./files.js";

interface Coverage {
	readonly static: Record<string, number>;
	readonly perTest: Record<string, Record<string, number>>;
}
/** What a changed source looks at: which change is switched on, and how often its place may be passed. It writes down where it comes. */
interface Switches {
	activeMutant?: string | undefined;
	hitCount?: number | undefined;
	hitLimit?: number | undefined;
	currentTestId?: string | undefined;
	/** One object for good: each source keeps it. */
	mutantCoverage?: Coverage;
}
// Safe: Stryker's own.
const global = globalThis as unknown as { __stryker__?: Switches };
global.__stryker__ ??= {};
const switches = global.__stryker__;
switches.mutantCoverage ??= { static: {}, perTest: {} };
const coverage = switches.mutantCoverage;

/** So many ms longer than without a change a test may take. */
const patience = 3_000;
const { current, outcomes } = files(process.env["MUTATED_PIECE"] ?? "");
const dead = new Set(linesOf(outcomes).flatMap(([what = "", id = ""]) => (/killed|timeout/.test(what) ? [id] : [])));
const note = (...words: readonly unknown[]) => appendFileSync(outcomes, `${words.join("\t")}\n`);
/** So many tests were gone through before a change had one of them hang. */
const gone = linesOf(outcomes).filter(([what]) => what === "test").length;
let count = 0;
/** From the start on, for what is worked out when a file is imported. */
const only = process.env["MUTANT"];
switches.activeMutant = only;

/** Runs each test as it is, then once more for each change that it comes by and that nobody has noticed yet. */
export default class InPlace extends VitestTestRunner {
	async runTask(test: RunnerTestCase): Promise<void> {
		const given = VitestTestRunner.getTestFn(test);
		const run = async () => given();
		count += 1;
		if (only !== undefined || count <= gone) return run();
		writeFileSync(current, "");
		const began = performance.now();
		const covered = await this.#cover(run);
		const lasted = performance.now() - began;
		switches.currentTestId = "again";
		await tidy(test);
		for (const [id, hits] of Object.entries(covered)) {
			if (dead.has(id)) continue;
			writeFileSync(current, id);
			const outcome = await this.#tryOut(run, id, hits, lasted);
			await tidy(test);
			if (!outcome) continue;
			vi.useRealTimers();
			vi.restoreAllMocks();
			vi.unstubAllGlobals();
			// What the change has left behind may be what fails.
			const isClean = await run().then(
				() => true,
				() => false,
			);
			await tidy(test);
			note(isClean ? outcome : "dirty", id, test.file.name, test.name);
			if (isClean) dead.add(id);
		}
		switches.currentTestId = undefined;
		note("test");
	}

	async #cover(run: () => Promise<void>): Promise<Record<string, number>> {
		coverage.perTest["it"] = {};
		switches.currentTestId = "it";
		try {
			await run();
		} finally {
			switches.currentTestId = undefined;
		}
		return coverage.perTest["it"];
	}

	async #tryOut(run: () => Promise<void>, id: string, hits: number, lasted: number) {
		Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: hits * 100 });
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<"timeout">((resolve) => {
			timer = realTimeout(() => resolve("timeout"), patience + lasted * 10);
		});
		try {
			return await Promise.race([run().then(() => undefined), late]);
		} catch {
			return "killed";
		} finally {
			Object.assign(switches, { activeMutant: undefined, hitCount: undefined });
			clearTimeout(timer);
		}
	}

	// Between these two a file is imported.
	override onCollectStart(...given: Parameters<VitestTestRunner["onCollectStart"]>): void {
		for (const id of Object.keys(coverage.static)) delete coverage.static[id];
		super.onCollectStart(...given);
	}

	onBeforeRunFiles(): void {
		note("static", ...Object.keys(coverage.static));
	}
}

const realTimeout = setTimeout;

/** Each run has what it asked for done at its end. */
async function tidy(test: RunnerTestCase): Promise<void> {
	// Safe: where Vitest keeps what `onTestFinished` was given; its own type calls it internal.
	const hooks = (test as { onFinished?: ((context: unknown) => unknown)[] }).onFinished?.splice(0) ?? [];
	for (const hook of hooks.reverse())
		try {
			await hook(test.context);
		} catch {}
}
