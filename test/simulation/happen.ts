import { askedOf, makeCall } from "./asked.js";
import { befall } from "./device.js";
import { happenMore } from "./happen-more.js";
import type { Run, SignIn, Tab } from "./run-state.js";
import { type Happening, mutations, people } from "./schedule.js";
import type { MoreHappening } from "./surroundings.js";
import { closeTab, command, openTab } from "./tabs.js";
import { note } from "./truth.js";

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

/** Something happened that no page can know of until somebody comes back to it. */
const silent = new Set<Happening["what"]>(["end", "expire", "closeTab"]);
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

/** Whoever was unlisted when a sign-in of the app's went out, or another has ended since, is left behind by it. */
function leaveBehind({ abandoned, device, schedule, unlisted }: Run): void {
	const rows = device.rows();
	for (const { id, listed } of rows) if (!listed) unlisted.add(id);
	for (const id of unlisted) if (!schedule.hasPlugin || rows.every((row) => row.id !== id)) abandoned.add(id);
}

function signIn(run: Run, tab: Tab | undefined, { person }: Of<"signIn">): void {
	const { abandoned, clock, device, schedule, signingIn, unlisted } = run;
	const { password } = device;
	const name = people[person] ?? "";
	const email = `${name.toLowerCase()}@example.com`;
	const isNew = device.sessionsOf(name).length === 0 && !schedule.people.includes(name);
	// A sign-in past the limit leaves whoever was unlisted behind: the app's doing, not the store's.
	leaveBehind(run);
	const one: SignIn = { tab, name, at: clock.now() };
	signingIn.add(one);
	const done = isNew
		? tab?.client.signUp.email({ name, email, password })
		: tab?.client.signIn.email({ email, password });
	const over = () => {
		signingIn.delete(one);
		run.lastClick = null;
		// Its store has ended, and nobody is told.
		if (tab?.isDone) run.isSilent = run.isUnaccountable = true;
		leaveBehind(run);
		// A look that was sent before it may still take its cookie away, as every `useSession` does. Past the limit it has
		// no other.
		if (device.sending("GET /get-session") > 0) for (const id of unlisted) abandoned.add(id);
	};
	done?.then(over, () => {
		// The app does not know whether it is signed in.
		run.isSilent = true;
		over();
	});
}

function call(run: Run, { client }: Tab, { path }: Of<"call">): void {
	const { device } = run;
	const sentByStores = () => device.sent.filter((request) => mutations.includes(request)).length;
	const before = sentByStores();
	const wasAlone = device.sending(...mutations) === 0;
	const over = () => {
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
	if (isPlain(happening)) happenPlainly(run, happening);
	else happenMore(run, happening);
	note(run);
}

function happenPlainly(run: Run, happening: Happening): void {
	const { clock, device } = run;
	if (silent.has(happening.what)) run.isSilent = true;
	if (overrules.has(happening.what)) run.lastClick = null;
	const [all, here] = [run.open(), run.here()];
	const tab = "tab" in happening ? here[happening.tab % here.length] : undefined;
	const asked = tab && askedOf(happening, tab.store);
	if (asked) void command(run, tab, asked);
	switch (happening.what) {
		case "signIn":
			signIn(run, tab, happening);
			break;
		case "call":
			if (tab) call(run, tab, happening);
			break;
		case "end":
		case "expire":
			run.endedAt = clock.monotonic();
			befall(device, happening);
			break;
		case "ripen":
		case "disturb":
			befall(device, happening);
			break;
		case "openTab":
			if (all.length < 4) openTab(run, device.openTab());
			break;
		case "closeTab":
			if (tab && all.length > 1) closeTab(run, tab);
			break;
		case "focus":
			tab?.page.show(true);
			break;
		case "offline":
		case "online":
			if (tab) tab.isOffline = happening.what === "offline";
			tab?.page.goOnline(happening.what === "online");
	}
}
