import { besideCalls } from "./beside-calls.js";
import { brokenRules, rowsAreServers } from "./rules.js";
import type { Scene } from "./scene.js";

/** Each of two tabs makes another account active, at the same time. */
const twoSwitches: Scene = {
	name: "two-switches",
	what: "two tabs switch at the same time, each to another account",
	device: { accounts: ["Ada", "Bob", "Cy"] },
	tabs: 2,
	loses: ["request", "answer", "body"],
	act({ actor, command, id }) {
		command("tab 0, setActive(Ada)", () => actor(0).store.setActive(id("Ada")));
		command("tab 1, setActive(Bob)", () => actor(1).store.setActive(id("Bob")));
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
	act({ actor, command, device, id }) {
		const { client, store } = actor(0);
		const { password } = device;
		command("signUp(Cy), setActive(Ada)", async () => {
			await client.signUp.email({ name: "Cy", email: "cy@example.com", password });
			return store.setActive(id("Ada"));
		});
	},
	check: brokenRules,
};

export const scenes: readonly Scene[] = [twoSwitches, signUpThenSwitch, ...besideCalls];
