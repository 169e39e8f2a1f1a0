/**
 * `npm run test:examples`: installs each example of docs/examples with the packed package, type-checks it, builds it,
 * starts it and visits it in Chromium. `-- vite-react next` tries these alone.
 */
import { launchChromium } from "../browser/chromium.js";
import { type Example, examples } from "./examples.js";
import { startExample } from "./running.js";
import { steps } from "./steps.js";
import { Visit } from "./visit.js";

const began = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${line}`);
const counts = { passed: 0, failed: 0 };

/** A step goes on from the one before: after one that fails the others are not tried, and count as failed. */
async function visit(example: Example): Promise<void> {
	let passed = 0;
	let output = () => "";
	const browser = await launchChromium();
	try {
		const running = await startExample(example, (line) => say(`${example.name}: ${line}`));
		output = running.output;
		try {
			const visit = await Visit.begin(browser, example, running.url);
			for (const { title, run } of steps) {
				await run(visit);
				visit.isQuiet();
				passed++;
				say(`${example.name}: ✓ ${title}`);
			}
		} finally {
			running.close();
		}
	} catch (error) {
		say(`${example.name}: ✗ ${steps[passed]?.title}`);
		console.log(error, output());
	} finally {
		await browser.close();
	}
	counts.passed += passed;
	counts.failed += steps.length - passed;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !examples.some((example) => example.name === name));
if (unknown.length > 0)
	throw new Error(`There is no ${unknown.join(", ")}: there are ${examples.map(({ name }) => name).join(", ")}.`);
for (const example of examples) if (wanted.length === 0 || wanted.includes(example.name)) await visit(example);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
