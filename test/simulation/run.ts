import { openDevice, type Plant } from "./device.js";
import { happen } from "./happen.js";
import { goOn, setClock } from "./happen-more.js";
import { openNeighbor } from "./neighbor.js";
import { pass, rest } from "./rest.js";
import { compare, judge } from "./rules.js";
import { createRun } from "./run-state.js";
import type { Schedule } from "./schedule.js";
import { has, type WideSchedule } from "./surroundings.js";
import { look, openTab } from "./tabs.js";
import { isUnderWay, note } from "./truth.js";

export interface Outcome {
	/** Which invariants were broken, in words. */
	readonly violations: readonly string[];
	readonly commands: number;
	readonly requests: number;
	/** What happened, to read after a violation. */
	readonly log: readonly string[];
}

/** One run of a schedule: what happens, until all is at rest, and which invariants did not hold. */
export async function simulate(schedule: Schedule | WideSchedule, plant: Plant = {}): Promise<Outcome> {
	const run = createRun(schedule, plant, openDevice(schedule, plant));
	const { abandoned, device, giveBack, open, tabs, violations } = run;
	try {
		// Signed in past the limit, they were out of reach before any store was there.
		const inReach = new Set(device.rows().map(({ id }) => id));
		for (const { id } of device.sessions()) if (!inReach.has(id)) abandoned.add(id);
		openTab(run, device);
		for (let index = 1; index < schedule.tabs; index += 1) openTab(run, device.openTab());
		note(run);
		const { isRestless, lacks, stores } = run.surroundings;
		// Without them its stores do not hear of each other; without storage not whom another page has found, where two looks
		// cross.
		const isOnePage = schedule.tabs === 1 && !has(schedule, "openTab");
		const isOne = isOnePage && stores === 1;
		if (lacks.some((part) => (part === "storage" ? !isOnePage : !isOne))) run.isSilent = true;
		// Nor does anything keep a sign-in apart from a command.
		if (lacks.includes("locks") && (!isOne || has(schedule, "signIn") || has(schedule, "verify")))
			run.isUnaccountable = true;
		if (!isRestless) await rest(run);
		const judgeNeighbor = run.surroundings.hasNeighbor ? openNeighbor(run) : async () => {};
		for (const { after, happens } of schedule.steps) {
			await pass(run, after);
			// Without the plugin nobody sees what an app sends past the store: two such things at once end in either order.
			const isUnseen = (happens.what === "signIn" || happens.what === "verify") && !schedule.hasPlugin;
			const isAsked = run.commands.some(({ answers, tab }) => answers === 0 && tab.isOpen);
			if (isUnseen && isRestless && (isAsked || isUnderWay(run))) run.isSilent = run.isUnaccountable = true;
			const isAlone = isUnseen && !isRestless;
			if (isAlone) await rest(run);
			if (happens.what === "wait") await pass(run, happens.ms);
			else if (happens.what === "rest") {
				await rest(run);
				if (!run.isSilent && violations.length === 0) compare(run, false);
			} else happen(run, happens);
			if (isAlone) await rest(run);
		}
		await rest(run);
		await judgeNeighbor();
		device.heal();
		for (const tab of open()) {
			goOn(tab);
			if (!tab.isDone) look(run, tab);
		}
		for (const tab of open()) {
			if (tab.isOffline) tab.page.goOnline(true);
			tab.isOffline = false;
		}
		await rest(run);
		if (!run.isSilent && violations.length === 0) compare(run, false);
		// Until it has run out the cookie cache goes on naming whoever has ended elsewhere: longer where the clock was set back.
		const { cookieCache } = run.surroundings;
		if (cookieCache !== null) {
			setClock(run, run.setBack);
			await pass(run, 1_000 * cookieCache);
		}
		// Whoever comes back sees what is true, whatever has happened.
		// One page's coming back may make somebody active by itself, and without a channel the others do not hear of it.
		// So may the end of a half-way sign-in, which comes by then.
		for (let times = lacks.includes("channel") ? 3 : 1; times > 0; times -= 1) {
			await pass(run, 1_500);
			for (const { app, page } of open()) {
				// Nothing happens any more.
				app.ask = null;
				if (run.surroundings.options.refetchOnWindowFocus === false) page.comeBack();
				else page.show(true);
			}
			await rest(run);
		}
		compare(run, true);
		judge(run);
		return { violations, commands: run.commands.length, requests: device.sent.length, log: run.log };
	} finally {
		for (const { store } of tabs) void store.destroy();
		giveBack();
	}
}
