import { launchChromium } from "../../browser/chromium.js";
import { type Contender, contenders } from "../contenders.js";
import { startSite } from "./site.js";
import { away, begin, end, goOn, people, type StepName, steps, type Walked } from "./steps.js";
import { prepareDevice, type Seen, Visit } from "./visit.js";

export const latencies = [50, 200] as const;

/** Of each contender, at each latency, step by step: what was seen in each round. */
export type WireFigures = Record<Contender["name"], Record<string, Record<StepName, Seen[]>>>;

/** Each latency may take so long, in ms: a slow machine does fewer rounds, and the page says how many. */
const patience = 150_000;

/** A page of each contender in turn, on a server of its own with ten accounts, step by step. */
export async function measureWire(rounds: number, say: (line: string) => void): Promise<WireFigures> {
	const browser = await launchChromium();
	const sites = [];
	try {
		for (const { name } of contenders) {
			const site = await startSite([name]);
			sites.push({ name, site, device: await prepareDevice(browser, site, people) });
		}
		// Safe: each contender has its figures.
		const figures = Object.fromEntries(contenders.map(({ name }) => [name, {}])) as WireFigures;
		for (const latency of latencies) {
			for (const { site } of sites) site.delay(latency);
			for (const { name } of sites)
				figures[name][latency] = Object.fromEntries(Object.keys(steps).map((step) => [step, [] as Seen[]])) as Record<
					StepName,
					Seen[]
				>;
			const began = performance.now();
			// The very first round warms up, and is not counted.
			for (let round = latency === latencies[0] ? 0 : 1; round <= rounds; round += 1) {
				if (round > 1 && performance.now() - began > patience) break;
				const lives = [];
				for (const one of sites)
					lives.push({ ...one, begun: await begin(() => Visit.open(one.site, one.device, one.name)) });
				await new Promise((resolve) => setTimeout(resolve, away));
				for (const { begun, device, name, site } of lives) {
					const walked: Walked = {
						...begun.seen,
						...(await goOn(begun.visit)),
						...(await end(() => Visit.open(site, device, name))),
					};
					// Safe: the keys are steps.
					for (const [step, seen] of Object.entries(walked) as [StepName, Seen][])
						if (round > 0) figures[name][latency]?.[step].push(seen);
				}
				say(`${latency} ms: round ${round} of ${rounds}`);
			}
		}
		return figures;
	} finally {
		await browser.close();
		for (const { site } of sites) await site.close();
	}
}
