import { pageOf } from "../../src/device-sessions/page/environment.js";
import type { TestDevice } from "../../src/testing/index.js";
import { askedOf } from "./asked.js";
import { callPast } from "./past.js";
import type { Run, Tab } from "./run-state.js";
import { mutations, people } from "./schedule.js";
import { verifyCode } from "./sign-ins.js";
import type { MoreHappening } from "./surroundings.js";
import { closeTab, command, look, lookAway, openTab } from "./tabs.js";

/** The browser stops the page; what comes to it meanwhile waits. */
function freeze(tab: Tab, how: "freeze" | "leave"): void {
	if (how === "freeze") pageOf(tab.client)?.document?.dispatchEvent(new Event("freeze"));
	tab.frozen = how;
	tab.stops += 1;
	tab.gate.shut();
}

function comeBack(tab: Tab): void {
	tab.leaves += 1;
	tab.page.comeBack();
}

/** It goes on: thawed, or out of the back-forward cache. */
export function goOn(tab: Tab): void {
	if (tab.frozen === "freeze") pageOf(tab.client)?.document?.dispatchEvent(new Event("resume"));
	if (tab.frozen === "leave") comeBack(tab);
	tab.frozen = null;
	tab.gate.open();
}

function goOnOneOf({ open }: Run, index: number): void {
	const frozen = open().filter(({ gate }) => gate.isShut());
	const next = frozen[index % frozen.length];
	for (const one of open()) if (one.page === next?.page) goOn(one);
}

/** The app is done with its store: nothing comes from it any more once it has ended, and it says so. */
function destroy(run: Run, tab: Tab, again: boolean): void {
	const { broken, log } = run;
	tab.isDone = true;
	const hasLeftBehind = run.device.sending("GET /get-session", ...mutations) > 0;
	tab.hasCallLeft = [...run.signingIn].some((one) => one.tab?.page === tab.page && one.names.length === 0);
	// It may still act, and nobody looks for that.
	if (run.surroundings.isDeaf && hasLeftBehind) run.isSilent = run.isUnaccountable = true;
	void tab.store.destroy().then(() => {
		log.push(`destroyed after ${tab.page.requests.length}`);
		tab.sentByEnd = tab.page.requests.length;
	});
	void tab.store.refetch().then(({ error }) => {
		if (error?.kind !== "destroyed") broken("a command after destroy returns `destroyed`");
	});
	if (!again || run.schedule.hasPlugin || run.surroundings.stores > 1) return;
	openTab(run, tab.page);
}

function reload(run: Run, tab: Tab): void {
	closeTab(run, tab);
	openTab(run, run.device.openTab());
}

/** Every column of somebody's may be anything. */
function mar({ device }: Run, { column, of, person, value }: Extract<MoreHappening, { what: "mar" }>): void {
	const name = people[person] ?? "";
	if (of === "user") device.change(name, { [column]: value });
	else for (const session of device.sessionsOf(name)) session[column] = value;
}

/** Which sessions there are, and which of them are in reach. */
const validOn = (device: TestDevice): string =>
	JSON.stringify([device.rows(), device.sessions()].map((sessions) => sessions.map(({ id }) => id)));

/** Sets the clock by so many ms. */
export function setClock(run: Run, ms: number): void {
	const { abandoned, clock, device, revived } = run;
	// One that has run out may be valid again by a clock that is set back, and its cookies are gone.
	const over = people.flatMap(device.sessionsOf).filter(({ expiresAt }) => +expiresAt <= clock.now());
	for (const { id } of over) {
		abandoned.add(id);
		revived.add(id);
	}
	const valid = validOn(device);
	clock.jump(clock.now() + ms);
	run.setBack = Math.max(0, run.setBack - ms);
	// Sessions or cookies have run out, or are valid again, and no page can know.
	if (validOn(device) !== valid) run.isSilent = run.isUnaccountable = true;
}

function jump(run: Run, ms: number): void {
	run.lastClick = null;
	run.jumped += Math.abs(ms);
	setClock(run, ms);
}

/** What only happens in wide schedules. */
export function happenMore(run: Run, happening: MoreHappening): void {
	const here = run.here();
	const tab = "tab" in happening ? here[happening.tab % here.length] : undefined;
	if (happening.what === "jump") jump(run, happening.ms);
	if (happening.what === "mar") mar(run, happening);
	if (happening.what === "goOn") goOnOneOf(run, happening.tab);
	if (!tab) return;
	switch (happening.what) {
		case "freeze":
		case "leave":
			freeze(tab, happening.what);
			break;
		case "comeBack":
			tab.stops += 1;
			comeBack(tab);
			break;
		case "hide":
			tab.page.show(false);
			break;
		case "verify":
			run.lastClick = null;
			verifyCode(run, tab, happening.isWrong);
			break;
		case "past":
			callPast(run, tab, happening);
			break;
		case "reload":
			reload(run, tab);
			break;
		case "sleep":
			lookAway(tab);
			break;
		case "wake":
			look(run, tab);
			break;
		case "look":
			tab.app.look();
			break;
		case "destroy":
			destroy(run, tab, happening.again);
			break;
		case "burst":
			run.lastClick = null;
			for (const asks of happening.asks) {
				const asked = askedOf(asks, tab.store);
				if (asks.what !== "refetch") run.lastClick = null;
				if (asked) void command(run, tab, asked);
			}
			break;
		case "cancelSignIn":
			run.lastClick = null;
			void command(run, tab, { what: "cancelSignIn", run: () => tab.store.cancelSignIn() });
			break;
		case "forget": {
			const id = tab.store.value?.ended[0]?.id ?? "nobody";
			void command(run, tab, { what: "forget", run: () => tab.store.forget(id) });
		}
	}
}
