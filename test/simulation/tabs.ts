import {
	createDeviceSessions,
	type DeviceSessions,
	type DeviceSessionsSnapshot,
	serializeSnapshot,
	toDeviceSessions,
} from "../../src/index.js";
import type { TestTab, TestUser } from "../../src/testing/index.js";
import { insideOf } from "../../src/testing/inside.js";
import { type Asked, askedOf } from "./asked.js";
import { endHalfWay, watchActivation } from "./half-way.js";
import { sessionOf } from "./rest.js";
import type { Command, Run, Tab } from "./run-state.js";
import { checkSuccess, isUnderWay, ofSignal, trueSince } from "./truth.js";

const fresh = {
	isOpen: true,
	isOffline: false,
	isDone: false,
	sentByEnd: null,
	stops: 0,
	leaves: 0,
	hasCallLeft: false,
	frozen: null,
	stopLooking: null,
};

/** What a server has rendered of the device, as it comes with a page. */
function render({ device, surroundings }: Run): DeviceSessionsSnapshot {
	// Safe: the second of what its pages share.
	const users = insideOf(device).shared()[1] as TestUser[];
	const views = new Map(
		device.sessions().map(({ ...session }) => {
			const user = users.find((one) => one.id === session.userId);
			const { id, ...nameless } = session;
			return [id, { session: surroundings.lacksIds ? nameless : session, user }];
		}),
	);
	const rows = device.rows();
	const list = rows.flatMap(({ id, listed }) => (listed ? (views.get(id) ?? []) : []));
	const active = views.get(rows.find((row) => row.active)?.id ?? "");
	return JSON.parse(serializeSnapshot(toDeviceSessions(list, active)));
}

/** Opens a page with a store, or another store on it, and looks at all that it shows. */
export function openTab(run: Run, page: TestTab): void {
	const { plant, prepare, schedule, tabs } = run;
	const { app, client, gate } = prepare(page.client);
	// Safe: the rows are of the client's own type.
	const store = createDeviceSessions(client, schedule.hasPlugin ? {} : app.options) as unknown as DeviceSessions;
	plant.store?.(store);
	const shared = tabs.filter((other) => other.page === page);
	const isOffline = shared.some((other) => other.isOffline);
	const tab: Tab = { ...fresh, isOffline, page, client, store, app, gate };
	tabs.push(tab);
	if (run.surroundings.isRendered) {
		run.rendered ??= render(run);
		// From a cache it may be old.
		const { error } = store.hydrate(tabs.length % 2 === 0 ? run.rendered : render(run));
		if (error) run.broken("what a server has rendered is taken");
	}
	app.ask = async (happening) => {
		const asked = askedOf(happening, store);
		if (asked && tab.isOpen && !tab.isDone) await command(run, tab, asked);
	};
	app.look = () => void sessionOf(tab).value.refetch();
	app.watch = (id) => watchActivation(run, tab, id);
	app.isLast = (id) => {
		const { command: under } = store.actor.getSnapshot().context;
		return under?.type === "revoke" && under.id === id;
	};
	app.waiting = () => {
		const { command: under, queue } = store.actor.getSnapshot().context;
		const own = [...queue, ...(under ? [under] : [])].filter(({ tickets }) => tickets.length === 0);
		return own.length + run.commands.filter((one) => one.tab === tab && one.answers === 0).length;
	};
	// Whose no it was is not known where there are two.
	for (const { app: other } of shared) other.isLast = app.isLast = () => true;
	look(run, tab);
	const { stores } = run.surroundings;
	if (shared.length === 0 && stores > 1 && !schedule.hasPlugin) openTab(run, page);
}

/** Somebody looks at the store of a page. */
export function look({ broken }: Run, tab: Tab): void {
	tab.stopLooking ??= tab.store.subscribe((state) => {
		const active = state.sessions.filter((row) => row.active);
		if (active.length > 1) broken("at most one account is shown as active");
		if (state.active !== (active[0] ?? null)) broken("the active account is a row");
		if (!Object.isFrozen(state)) broken("what is published is frozen");
	});
}

/** Nobody does any more. */
export function lookAway(tab: Tab): void {
	tab.stopLooking?.();
	tab.stopLooking = null;
}

/** What it has sent and not heard of yet is lost; where that may have done something, no page can know. */
export function closeTab(run: Run, tab: Tab): void {
	const { cutOff, signingIn, tabs } = run;
	if (isUnderWay(run)) run.isSilent = true;
	for (const other of tabs.filter(({ page }) => page === tab.page)) {
		other.isOpen = false;
		cutOff.push(...[...signingIn].filter((one) => one.tab === other));
		void other.store.destroy();
	}
	tab.page.close();
}

/** Asks a store for something; resolves with its answer. */
export function command(run: Run, tab: Tab, { certain, what, id, run: ask }: Asked): Promise<void> {
	const { broken, clock, commands, log, seen } = run;
	const asked = { what, tab, ...(id !== undefined && { id }), ...(certain && { certain }) };
	const inReach = run.device.rows().map(({ id }) => id);
	const sessions = run.device.sessions();
	const outOfReach = sessions.map(({ id }) => id).filter((id) => !inReach.includes(id));
	const users = sessions.filter(({ id }) => inReach.includes(id)).map(({ userId }) => userId);
	run.isCrowded ||= new Set(users).size < users.length;
	const since = trueSince(run, asked);
	const reach = { inReach, outOfReach, abandoned: [...run.abandoned] };
	const one: Command = { ...asked, askedAt: clock.monotonic(), since, ...reach, signedIn: run.signedIn, answers: 0 };
	// Of several pages, which click came last is decided by who gets the lock.
	const isAlone = run.tabs.length === 1 || (run.signingIn.size === 0 && commands.every(({ answers }) => answers > 0));
	commands.push(one);
	// Without the plugin nobody sees a sign-in that is on its way: the two end in either order. Two signals in one go are one.
	if (!run.schedule.hasPlugin && run.signingIn.size > 0) run.isSilent = run.isUnaccountable = true;
	if (!run.schedule.hasPlugin && clock.monotonic() - run.signedInAt <= ofSignal) run.isSilent = true;
	const { halfWay } = run;
	// Signed out by the app from within a callback, say.
	if (what !== "refetch" && what !== "forget") run.lastClick = null;
	// Confirmed by a read of this very second, it may have ended since.
	const isRevoking = commands.some((other) => other.answers === 0 && other.what !== "setActive");
	if (what === "setActive" && clock.monotonic() - run.endedAt > 1_000 && !isRevoking && isAlone) run.lastClick = one;
	return ask().then(
		(result) => {
			one.answers += 1;
			run.answeredAt = clock.monotonic();
			one.result = result;
			checkSuccess(run, one);
			endHalfWay(run, one, halfWay);
			seen.push(JSON.stringify(result), result.error?.message ?? "", result.error?.stack ?? "");
			log.push(`${clock.now()} ${what} ${id ?? ""}: ${result.error?.kind ?? "ok"}`);
		},
		() => broken("a command never rejects"),
	);
}
