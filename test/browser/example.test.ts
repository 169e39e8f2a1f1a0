import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { examples } from "../examples/examples.js";
import { type Running, startExample } from "../examples/running.js";
import { steps } from "../examples/steps.js";
import { Visit } from "../examples/visit.js";
import { launchChromium } from "./chromium.js";

// The first of docs/examples, installed from the tarball; `npm run test:examples` tries the others, too.

let running: Running;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
	const [example] = examples;
	if (!example) throw new Error("There is no example.");
	running = await startExample(example, () => {});
	browser = await launchChromium();
	visit = await Visit.begin(browser, example, running.url);
});
afterAll(async () => {
	await browser?.close();
	running?.close();
});

test.each(steps)("$title", async ({ run }) => {
	await run(visit);
	visit.isQuiet();
});
