import { expect, test } from "vitest";
import { compareSides } from "./sequences.js";

const seed = Date.now() % 2 ** 31;

test(`the kit answers as a real server does: 200 random sequences of commands, seed ${seed}`, async () => {
	await compareSides(200, seed, (kit, real) => expect(kit).toEqual(real));
}, 240_000);
