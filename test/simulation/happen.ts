import { createDeviceSessions, type DeviceSessions } from "../../src/index.js";
import type { TestTab } from "../../src/testing/index.js";
import { type Asked, askedOf, makeCall } from "./asked.js";
import { befall } from "./device.js";
import { type Command, learnTokens, type Run, type SignIn, type Tab } from "./run-state.js";
import { type Happening, mutations, people } from "./schedule.js";

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

/** Opens a page with a store, and looks at all that it shows. */
export function openTab(run: Run, page: TestTab): void {
	const { broken, plant, prepare, schedule, tabs } = run;
	const { app, client, gate } = prepare(page.client);
	// Safe: the rows are of the client's own type.
	const store = createDeviceSessions(client, schedule.hasPlugin ? {} : app.options) as unknown as DeviceSessions;
	plant.store?.(store);
	const tab: Tab = { page, client, store, app, gate, isOpen: true, isOffline: false };
	tabs.push(tab);
	app.ask = async (happening) => {
		const asked = askedOf(happening, store);
		if (asked && tab.isOpen) await command(run, tab, asked);
	};
	store.subscribe((state) => {
		const active = state.sessions.filter((row) => row.active);
		if (active.length > 1) broken("at most one account is shown as active");
		if (state.active !== (active[0] ?? null)) broken("the active account is a row");
		if (!Object.isFrozen(state)) broken("what is published is frozen");
	});
}

/** Asks a store for something; resolves with its answer. */
function command(run: Run, tab: Tab, { what, id, run: ask }: Asked): Promise<void> {
	const { broken, clock, commands, log, seen } = run;
	const one: Command = { what, tab, answers: 0, ...(id !== undefined && { id }) };
	commands.push(one);
	// Confirmed by a read of this very second, it may have ended since.
	const isRevoking = commands.some((other) => other.answers === 0 && other.what !== "setActive");
	if (what === "setActive" && clock.now() - run.endedAt > 1_000 && !isRevoking) run.lastClick = one;
	return ask().then(
		(result) => {
			one.answers += 1;
			one.result = result;
			seen.push(JSON.stringify(result), result.error?.message ?? "", result.error?.stack ?? "");
			log.push(`${clock.now()} ${what} ${id ?? ""}: ${result.error?.kind ?? "ok"}`);
		},
		() => broken("a command never rejects"),
	);
}

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

function closeTab({ cutOff, signingIn }: Run, tab: Tab): void {
	tab.isOpen = false;
	cutOff.push(...[...signingIn].filter((one) => one.tab === tab));
	tab.page.close();
	void tab.store.destroy();
}

/** Whatever a schedule says comes next. */
export function happen(run: Run, happening: Happening): void {
	const { clock, device, log } = run;
	run.events += 1;
	if (silent.has(happening.what)) run.isSilent = true;
	if (overrules.has(happening.what)) run.lastClick = null;
	const all = run.open();
	const tab = "tab" in happening ? all[happening.tab % all.length] : undefined;
	log.push(`${clock.now()} ${JSON.stringify(happening)}`);
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
			run.endedAt = clock.now();
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
	learnTokens(run);
}
