import type { InspectionEvent } from "xstate";
import type { DeviceSessionsOptions } from "../../src/index.js";
import { createRandom } from "../../src/testing/clock.js";
import type { Happening } from "./schedule.js";
import type { Manner, Surroundings } from "./surroundings.js";

type Change = Parameters<NonNullable<DeviceSessionsOptions["onIdentityChange"]>>[0];
type Operation = "onBeforeSwitch" | "onIdentityChange";

/** The app's own functions never have the store do more than this: two that call each other would never end. */
const most = 5;

/** However it is said. */
const noes = new Set<Manner>(["refuses", "throws", "rejects", "hangs"]);

/** The app on one page, as its store knows it. */
export interface App {
	readonly options: DeviceSessionsOptions;
	/** Of which users it was told, in order. */
	readonly told: { readonly from: string | null; readonly to: string | null }[];
	/** Its store is about to make this row active; whoever watches is told. */
	activates(id: string): void;
	watch: ((id: string) => void) | null;
	/** It is made active only to be signed out, as the last account of a device has to be: nobody is asked of that. */
	isLast(id: string): boolean;
	/** How many commands of its page have yet to come back. */
	waiting(): number;
	/** Whether it has made one active to which the app had said no. */
	isOverruled: boolean;
	/** What an inspector was told, as JSON: each part of it once. */
	readonly inspected: string[];
	/** How it asks its store for something; null before there is one. */
	ask: ((asked: Happening) => Promise<unknown>) | null;
	/** How its `useSession` looks. */
	look(): void;
}

/** @param index which page of the run it is */
export function createApp(seed: number, index: number, { isInspected, manners, options }: Surroundings): App {
	const random = createRandom(Math.imul(seed, 31) + index);
	const below = (n: number) => Math.floor(random() * n);
	const parts = new WeakSet<object>();
	const onlyNew = (_: string, value: unknown) => {
		if (typeof value !== "object" || value === null) return value;
		if (parts.has(value)) return undefined;
		parts.add(value);
		return value;
	};
	/** All that leaves an actor: what it is sent, what it knows and what it is told. */
	function inspect(heard: InspectionEvent): void {
		// Safe: what an event of a kind does not have, it has not.
		const { action, event, snapshot } = heard as { action?: object; event?: object; snapshot?: object };
		const { context, error, input, output }: { [part: string]: unknown } = { ...snapshot };
		app.inspected.push(JSON.stringify([action, event, context, error, input, output], onlyNew));
	}

	const refused = new Set<string>();
	/** To whom it has said yes, and they have yet to become active: a no to another command does not take that back. */
	const allowed = new Set<string>();
	let asked = 0;

	function ask(): Promise<unknown> | undefined {
		asked += 1;
		if (asked > most) return undefined;
		const whats = ["setActive", "setActive", "revoke", "refetch", "signOutOthers"] as const;
		// Safe: a command that is of no row does not look at it.
		return app.ask?.({ what: whats[below(whats.length)], tab: index, row: below(4) } as Happening);
	}

	function behave(manner: Manner): unknown {
		switch (manner) {
			case "well":
				return undefined;
			case "slow":
				return new Promise<void>((resolve) => setTimeout(resolve, seed % 2_000));
			case "refuses":
				return false;
			case "throws":
				throw new Error("A fault of the app's.");
			case "rejects":
				return Promise.reject(new Error("A later fault of the app's."));
			case "hangs":
				return new Promise(() => {});
			case "asks":
				ask();
				return undefined;
			case "awaits":
				return ask();
			case "looks":
				app.look();
				return new Promise<void>((resolve) => setTimeout(resolve, seed % 20));
		}
	}

	const call = (operation: Operation) => (change: Change) => {
		const ways = manners[operation] ?? [];
		const manner = ways[below(ways.length)] ?? "well";
		const to = change.to?.id ?? "";
		if (operation === "onIdentityChange")
			app.told.push({ from: change.from?.user.id ?? null, to: change.to?.user.id ?? null });
		else if (!noes.has(manner)) {
			refused.delete(to);
			allowed.add(to);
		} else if (!allowed.has(to) || app.waiting() < 2) refused.add(to);
		return behave(manner);
	};

	const app: App = {
		told: [],
		inspected: [],
		ask: null,
		look: () => {},
		isOverruled: false,
		isLast: () => false,
		waiting: () => 0,
		watch: null,
		activates(id) {
			app.watch?.(id);
			allowed.delete(id);
			if (refused.has(id) && !app.isLast(id)) app.isOverruled = true;
		},
		options: {
			...options,
			...(isInspected && { inspect }),
			...(manners.onBeforeSwitch && { onBeforeSwitch: call("onBeforeSwitch") }),
			...(manners.onIdentityChange && { onIdentityChange: call("onIdentityChange") }),
		},
	};
	return app;
}
