import { describe, expect, test } from "vitest";
import { type Choice, compareHands, playBoth } from "./choices.js";

const seed = Date.now() % 2 ** 31;

test(`what is delivered and lost by hand comes to the same: 100 random sequences of choices, seed ${seed}`, async () => {
	await compareHands(100, seed, (kit, real) => expect(kit).toEqual(real));
}, 240_000);

const start = { accounts: ["Ada", "Bob"], maximumSessions: 5 };
const deliver = (at: number): Choice => ({ do: "deliver", at, only: undefined });
const toAda: Choice = { do: "setActive", name: "Ada" };

describe("a call as Bob that ends after a switch to Ada", () => {
	const activeAfter = async (...choices: Choice[]) => {
		const { kit, real } = await playBoth(start, choices);
		expect(kit).toEqual(real);
		return kit.at(-1)?.truth.rows.find((row) => row.endsWith(" active"));
	};

	test.each(["updateUser", "changePasswordEverywhere"] as const)("%s puts Bob back", async (call) => {
		// The switch goes and comes while the answer to the call is on its way.
		const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
		expect(await activeAfter(...choices)).toBe("Bob active");
	});

	test.each(["getSession", "listSessions", "changePassword", "list"] as const)("%s does not", async (call) => {
		const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
		expect(await activeAfter(...choices)).toBe("Ada active");
	});

	test.each(["getSession", "listSessions", "changePassword"] as const)(
		"%s puts him back where his session is due for renewal",
		async (call) => {
			const choices = [{ do: call, name: "Bob" }, toAda, deliver(0), deliver(0), deliver(1), deliver(0)] as const;
			expect(await activeAfter({ do: "ripen", name: "Bob" }, ...choices)).toBe("Bob active");
		},
	);
});

test("what ends the active session takes the cookie of whoever comes meanwhile, as of the installed Better Auth", async () => {
	const { kit, real } = await playBoth({ accounts: ["Ada"], maximumSessions: 5 }, [
		{ do: "signUp", name: "Bob" },
		{ do: "revokeSession", name: "Ada" },
		...[0, 0, 0, 0].map(deliver),
	]);
	expect(kit).toEqual(real);
	expect(kit.at(-1)?.truth.rows).toEqual(["Bob"]);
});

test("a switch whose answer loses its body alone has happened, one whose answer is lost has not", async () => {
	for (const only of ["body", undefined] as const) {
		const { kit, real } = await playBoth(start, [toAda, deliver(0), { do: "lose", at: 0, only }]);
		expect(kit).toEqual(real);
		expect(kit.at(-1)?.truth.rows).toContain(only ? "Ada active" : "Bob active");
	}
});
