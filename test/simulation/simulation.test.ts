import { expect, test } from "vitest";
import { simulate } from "./run.js";
import { draw } from "./schedule.js";
import { drawWide } from "./wide.js";

const runs = 1_200;
/** Where the app calls past the store at any time. */
const withPlugin = { runs: 1_200, from: 2_001 };

async function expectNoViolation(seed: number, hasPlugin: boolean): Promise<void> {
	const { violations, log } = await simulate(drawWide(seed, hasPlugin));
	if (violations.length > 0) expect.fail(`seed ${seed}: ${violations.join("; ")}\n${log.join("\n")}`);
}

test(`${runs} runs of random commands, latencies, faults, tabs and surroundings break no invariant`, async () => {
	for (let seed = 1; seed <= runs; seed += 1) await expectNoViolation(seed, false);
}, 600_000);

test(`${withPlugin.runs} runs with the plugin, where the app calls past the store, break none either`, async () => {
	const { from } = withPlugin;
	for (let seed = from; seed < from + withPlugin.runs; seed += 1) await expectNoViolation(seed, true);
}, 600_000);

test.each([
	[12219, "a tab that sees its account gone does not take the last word on who was used last"],
	[22726, "other tabs are told of a sign-in though its own tab cannot read the list"],
	[47644, "a session that was read before a sign-out is not taken for what is"],
	[51259, "a sign-in is told though a read for another tab has failed before it"],
	[60886, "a switch that a late cookie undoes while a revoke waits is followed"],
	[75664, "a session is not taken for what is where the newest look has failed"],
	[77460, "a tab that finds its account active still does not take the last word on who was used last"],
	[81823, "a switch that a late cookie undoes is told also by a tab that showed nobody"],
])("seed %i, which found a fault once: %s", async (seed) => {
	const { violations, log } = await simulate(draw(seed));
	expect(violations, log.join("\n")).toEqual([]);
});
