import { createDeviceSessions, type DeviceSessions } from "../../src/index.js";
import type { TestTab } from "../../src/testing/index.js";
import { type Asked, askedOf } from "./asked.js";
import type { Command, Run, Tab } from "./run-state.js";

/** Opens a page with a store, and looks at all that it shows. */
export function openTab(run: Run, page: TestTab): void {
	const { plant, prepare, schedule, tabs } = run;
	const { app, client, gate } = prepare(page.client);
	// Safe: the rows are of the client's own type.
	const store = createDeviceSessions(client, schedule.hasPlugin ? {} : app.options) as unknown as DeviceSessions;
	plant.store?.(store);
	const tab: Tab = { page, client, store, app, gate, isOpen: true, isOffline: false, isDone: false, stopLooking: null };
	tabs.push(tab);
	app.ask = async (happening) => {
		const asked = askedOf(happening, store);
		if (asked && tab.isOpen) await command(run, tab, asked);
	};
	look(run, tab);
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

export function closeTab({ cutOff, signingIn, tabs }: Run, tab: Tab): void {
	for (const other of tabs.filter(({ page }) => page === tab.page)) {
		other.isOpen = false;
		cutOff.push(...[...signingIn].filter((one) => one.tab === other));
		void other.store.destroy();
	}
	tab.page.close();
}

/** Asks a store for something; resolves with its answer. */
export function command(run: Run, tab: Tab, { what, id, run: ask }: Asked): Promise<void> {
	const { broken, clock, commands, log, seen } = run;
	const one: Command = { what, tab, answers: 0, ...(id !== undefined && { id }) };
	commands.push(one);
	// Confirmed by a read of this very second, it may have ended since.
	const isRevoking = commands.some((other) => other.answers === 0 && other.what !== "setActive");
	if (what === "setActive" && clock.monotonic() - run.endedAt > 1_000 && !isRevoking) run.lastClick = one;
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
