import { insideOf } from "../../src/testing/inside.js";
import { askedOf, makeCall } from "./asked.js";
import { befall } from "./device.js";
import { happenMore } from "./happen-more.js";
import type { Run, Tab } from "./run-state.js";
import { type Happening, mutations, people } from "./schedule.js";
import { leaveBehind, signIn } from "./sign-ins.js";
import type { MoreHappening } from "./surroundings.js";
import { closeTab, command, openTab } from "./tabs.js";
import { isUnderWay, note } from "./truth.js";

const plain = new Set<string>([
	"setActive",
	"revoke",
	"refetch",
	"signOutOthers",
	"signOutAll",
	"signIn",
	"call",
	"end",
	"expire",
	"ripen",
	"disturb",
	"openTab",
	"closeTab",
	"focus",
	"offline",
	"online",
] satisfies Happening["what"][]);
const isPlain = (happening: Happening | MoreHappening): happening is Happening => plain.has(happening.what);

type Of<What extends Happening["what"]> = Extract<Happening, { what: What }>;

/** Whom the last click meant is not the last word where one of these comes after it. */
const overrules = new Set<Happening["what"]>([
	"setActive",
	"revoke",
	"signOutOthers",
	"signOutAll",
	"signIn",
	"end",
	"expire",
	"ripen",
]);

function call(run: Run, { client }: Tab, { path }: Of<"call">): void {
	const { device } = run;
	const sentByStores = () => device.sent.filter((request) => mutations.includes(request)).length;
	const before = sentByStores();
	const wasAlone = device.sending(...mutations) === 0;
	const [token, signedIn] = [insideOf(device).activeToken(), run.signedIn];
	// Of another page's call no page knows that its cookie may come late.
	const overrule = () => {
		if (run.tabs.length > 1) run.lastClick = null;
	};
	overrule();
	const over = () => {
		overrule();
		run.cameBackAt = run.clock.monotonic();
		// A look, or a call that changes nothing, is not waited for: where it was due for renewal it may have put back whoever
		// was active before a sign-in.
		if (path !== "updateUser" && run.signedIn > signedIn && insideOf(device).activeToken() === token)
			run.isSilent = true;
		// With no request of a command beside it, whom its late cookie leaves behind is not the store's doing.
		if (wasAlone && sentByStores() === before) leaveBehind(run);
	};
	makeCall(client, path).then(over, over);
}

/** Whatever a schedule says comes next. */
export function happen(run: Run, happening: Happening | MoreHappening): void {
	const { clock, log } = run;
	run.events += 1;
	log.push(`${clock.now()} ${JSON.stringify(happening)}`);
	note(run);
	if (isPlain(happening)) happenPlainly(run, happening);
	else happenMore(run, happening);
	note(run);
}

function happenPlainly(run: Run, happening: Happening): void {
	const { clock, device } = run;
	if (overrules.has(happening.what)) run.lastClick = null;
	const [all, here] = [run.open(), run.here()];
	const tab = "tab" in happening ? here[happening.tab % here.length] : undefined;
	const asked = tab && askedOf(happening, tab.store);
	if (asked) void command(run, tab, asked);
	switch (happening.what) {
		case "signIn":
			signIn(run, tab, people[happening.person] ?? "");
			break;
		case "call":
			if (tab) call(run, tab, happening);
			break;
		case "end":
		case "expire":
			run.endedAt = clock.monotonic();
			run.endedUnknown = true;
			befall(device, happening);
			break;
		case "ripen":
		case "disturb":
			// What a page has given up goes on, renews the session, and nobody knows.
			if (happening.what === "ripen" && run.surroundings.isDeaf) run.isSilent = true;
			befall(device, happening);
			break;
		case "openTab":
			if (all.length >= 4) break;
			// Where nothing is stored it cannot know what is under way.
			if (run.surroundings.lacks.includes("storage") && isUnderWay(run)) run.isSilent = true;
			openTab(run, device.openTab());
			break;
		case "closeTab":
			if (tab && all.length > 1) closeTab(run, tab);
			break;
		case "focus":
			tab?.page.show(true);
			break;
		case "offline":
		case "online":
			for (const one of run.tabs) if (one.page === tab?.page) one.isOffline = happening.what === "offline";
			tab?.page.goOnline(happening.what === "online");
	}
}
