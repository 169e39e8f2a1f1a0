import fc from "fast-check";
import { openKit, openReal, type Side } from "./sides.js";
import { people, type Start } from "./start.js";
import { type Step, take } from "./take.js";

const name = fc.constantFrom(...people);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constant("setActive" as const), name, leaveUnlisted: fc.boolean() }) },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant("revoke" as const), name, next: fc.option(name, { nil: undefined }) }),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom("signIn" as const, "end", "expire", "ripen"), name }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constantFrom("client.setActive" as const, "client.revoke", "client.revokeSession"),
			name,
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom("refetch" as const, "signOutOthers", "signOutAll") }) },
);
const start = {
	accounts: fc.shuffledSubarray(people),
	maximumSessions: fc.constantFrom(1, 2, 5),
};
const plain = { step, start: fc.record(start) };
/** With Better Auth's cookie cache, and with people who have two factors. */
const wide = {
	step: fc.oneof(
		{ weight: 10, arbitrary: step },
		{ weight: 2, arbitrary: fc.record({ do: fc.constant("client.signIn" as const), name }) },
		{ weight: 2, arbitrary: fc.record({ do: fc.constant("client.verify" as const), isWrong: fc.boolean() }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom("runOut" as const, "refetchCertainly") }) },
	),
	start: fc.record({
		...start,
		cookieCache: fc.constantFrom(undefined, 300),
		twoFactor: fc.constantFrom(undefined, ["Cy"], ["Ada", "Bob"]),
	}),
};

/** Runs a sequence on one side: what came of every step, and of a last look. */
async function runOn(open: (start: Start) => Promise<Side>, given: Start, steps: readonly Step[]) {
	const side = await open(given);
	const results: unknown[] = [];
	try {
		for (const one of [...steps, { do: "refetch" } as const])
			results.push({ step: one, ...Object(await take(side, one)) });
	} finally {
		await side.close();
	}
	return results;
}

/** Random sequences of commands on the kit and on a real server. A difference is shrunk and thrown, with its seed. */
export async function compareSides(
	runs: number,
	seed: number,
	same: (kit: unknown, real: unknown) => void,
	told: (done: number) => void = () => {},
	openOther?: (start: Start) => Promise<Side>,
): Promise<void> {
	let done = 0;
	// Another server has neither.
	const drawn: { readonly step: fc.Arbitrary<Step>; readonly start: fc.Arbitrary<Start> } = openOther ? plain : wide;
	const open = openOther ?? openReal;
	await fc.assert(
		fc.asyncProperty(drawn.start, fc.array(drawn.step, { minLength: 1, maxLength: 8 }), async (given, steps) => {
			const [kit, real] = [await runOn(openKit, given, steps), await runOn(open, given, steps)];
			same(kit, real);
			done += 1;
			told(done);
		}),
		{ numRuns: runs, seed, endOnFailure: false },
	);
}
