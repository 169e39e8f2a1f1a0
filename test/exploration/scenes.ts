import { brokenRules, rowsAreServers } from "./rules.js";
import type { Scene } from "./scene.js";
import { table } from "./table.js";

/** Each of two tabs makes another account active, at the same time. */
const twoSwitches: Scene = {
	name: "two-switches",
	what: "two tabs switch at the same time, each to another account",
	device: { accounts: ["Ada", "Bob", "Cy"] },
	tabs: 2,
	loses: ["request", "answer", "body"],
	async act({ command, id, turn }) {
		command(0, "setActive(Ada)", ({ store }) => store.setActive(id("Ada")));
		await turn(1);
		command(1, "setActive(Bob)", ({ store }) => store.setActive(id("Bob")));
	},
	check: brokenRules,
};

/** Somebody new signs up on a page, which makes another account active as soon as that has been answered. */
const signUpThenSwitch: Scene = {
	name: "sign-up-then-switch",
	what: "a page signs Cy up and, as soon as that is answered, makes Ada active",
	device: { accounts: ["Ada", "Bob"] },
	tabs: 1,
	timers: "any time",
	expectedFailure: {
		rule: rowsAreServers,
		why: "Better Auth signals a sign-in 10 ms after its answer: the switch is decided before, and its own signal is taken for this one",
	},
	act({ command, device, id }) {
		const { password } = device;
		command(0, "signUp(Cy), setActive(Ada)", async ({ client, store }) => {
			await client.signUp.email({ name: "Cy", email: "cy@example.com", password });
			return store.setActive(id("Ada"));
		});
	},
	check: brokenRules,
};

export const scenes: readonly Scene[] = [twoSwitches, signUpThenSwitch, ...table];
