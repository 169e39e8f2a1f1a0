import { type Page, pageOf } from "../../src/device-sessions/page/environment.js";
import { createDeviceSessions, type IdentityChange, type Result } from "../../src/index.js";
import { settle } from "../../src/testing/clock.js";
import {
	createTestDevice,
	type TestClient,
	type TestDevice,
	type TestDeviceOptions,
	type TestTab,
} from "../../src/testing/index.js";
import { insideOf } from "../../src/testing/inside.js";
import { createClients } from "./client.js";
import type { Watch } from "./watch.js";

const openStore = (client: TestClient) => createDeviceSessions(client);

/** A page with a store on it. */
export interface Actor {
	readonly page: TestTab;
	readonly client: TestClient;
	readonly store: ReturnType<typeof openStore>;
	/** What the page was told of who is active: user ids, and null for nobody. */
	readonly told: { readonly from: string | null; readonly to: string | null }[];
	/** It is open, has been closed, or does not run. */
	state: "open" | "closed" | "frozen";
}

interface Command {
	readonly what: string;
	readonly tab: number;
	/** What it has returned. */
	readonly answers: (Result<unknown> | "rejected")[];
	/** Row ids whose the cookie was since it was given, until it was answered. */
	readonly active: Set<string | null>;
}

/** What a scene plays on: a device, its pages, and the commands that were given on them. */
export interface Stage {
	readonly device: TestDevice;
	readonly actors: readonly Actor[];
	readonly commands: readonly Command[];
	/** The user that was active when the pages were opened. */
	readonly began: string | null;
	actor(tab: number): Actor;
	/** Somebody's row id. */
	id(name: string): string;
	/** Gives a command; what it returns is written down. */
	command(tab: number, what: string, run: (actor: Actor) => Promise<Result<unknown>>): void;
	/** Another page acts, at the same moment: one runs at a time. */
	turn(tab: number): Promise<Actor>;
}

export type Losable = "request" | "answer" | "body" | "message" | "lock";

/** Something that may happen once, at any moment. */
export interface Happening {
	readonly what: string;
	/** The page that it happens to. None: the server. */
	readonly tab?: number;
	run(stage: Stage): void;
}

/** What is explored: some pages, what happens on them, and what has to be true when all is at rest. */
export interface Scene {
	readonly name: string;
	/** What happens, in a sentence. */
	readonly what: string;
	readonly device: Omit<TestDeviceOptions, "manual" | "createClient">;
	readonly tabs: number;
	/** The client has the plugin. */
	readonly hasPlugin?: boolean;
	/** What may be lost as well. Default: nothing. */
	readonly loses?: readonly Losable[];
	/** How many may be lost. Default: any. */
	readonly losses?: number;
	/** What may happen as well. */
	readonly happens?: Happening;
	/** When a timer may fire: while something is on its way too, or, by default, only when nothing is. */
	readonly timers?: "at rest" | "any time";
	/** Something of it no page can know of: what is true is compared when somebody has come back to each. */
	readonly isSilent?: boolean;
	/** The one rule that is known to be broken today, and why. */
	readonly expectedFailure?: { readonly rule: string; readonly why: string };
	/** A fault that is planted into the page that each store stands on. */
	readonly plant?: (page: Page) => Page;
	act(stage: Stage): void | Promise<void>;
	/** The rules that are broken at rest. */
	check(stage: Stage): readonly string[];
}

const userOf = (row: IdentityChange["from"]) => row?.user.id ?? null;

/** Takes the timers of this process, Better Auth's and nanostores' too, into a device's hand; returns how to end that. */
function takeTimers({ clock }: TestDevice, watch: Watch): () => void {
	const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	const setTimeout = (run: () => void, ms = 0) => {
		const timer = clock.setTimeout(run, ms);
		watch.own(timer);
		return timer;
	};
	// Safe: the two are called with a function and a time.
	Object.assign(globalThis, { setTimeout, clearTimeout: clock.clearTimeout });
	return () => void Object.assign(globalThis, real);
}

/** Puts a store on each of so many pages of a device. Until its end all timers of this process run on the device's clock. */
export function setStage({ device: options, hasPlugin = false, plant, tabs }: Scene, watch: Watch) {
	const told: { from: string | null; to: string | null }[][] = Array.from({ length: tabs }, () => []);
	const optionsOf = (tab: number) => ({
		onIdentityChange: ({ from, to }: IdentityChange) => void told[tab]?.push({ from: userOf(from), to: userOf(to) }),
	});
	const clients = createClients(watch, { hasPlugin, ...(plant && { plant }) }, optionsOf);
	const device: TestDevice = createTestDevice({ ...options, createClient: clients.create, manual: true });
	const giveBack = takeTimers(device, watch);
	const pages: TestTab[] = [device, ...Array.from({ length: tabs - 1 }, () => device.openTab())];
	const actors = pages.map((page, tab): Actor => {
		watch.enter(tab);
		const client = clients.watched(tab, page.client);
		const store = hasPlugin ? createDeviceSessions(client) : createDeviceSessions(client, optionsOf(tab));
		store.subscribe(() => {});
		return { page, client, store, told: told[tab] ?? [], state: "open" };
	});
	const commands: Command[] = [];
	/** Every session that there was. */
	const ids = new Map<string | undefined, string>();
	/** Whose the cookie is: of a session that has ended, too. */
	const active = () => {
		for (const { id, token } of device.sessions()) ids.set(token, id);
		return ids.get(insideOf(device).activeToken()) ?? null;
	};
	const actor = (tab: number): Actor => {
		const found = actors[tab];
		if (!found) throw new Error(`There is no tab ${tab}.`);
		return found;
	};
	const stage: Stage = {
		device,
		actors,
		commands,
		began: device.sessions().find(({ id }) => id === active())?.userId ?? null,
		actor,
		id: (name) => device.sessionsOf(name)[0]?.id ?? "nobody",
		command(tab, what, run) {
			const command: Command = { what, tab, answers: [], active: new Set([active()]) };
			commands.push(command);
			const answer = (result: Result<unknown> | "rejected") => {
				command.active.add(active());
				command.answers.push(result);
			};
			run(actor(tab)).then(answer, () => answer("rejected"));
		},
		async turn(tab) {
			await settle();
			watch.enter(tab);
			return actor(tab);
		},
	};
	return {
		stage,
		/** What the rules remember of the way: the end alone does not tell it. */
		look(): void {
			for (const { active: seen, answers } of commands) if (answers.length === 0) seen.add(active());
		},
		remembered: () => [commands.map(({ active: seen }) => [...seen]), actors.map(({ state }) => state)],
		end(): void {
			for (const { store } of actors) void store.destroy();
			// What Better Auth keeps for all clients of a process would hold on to those of every run.
			for (const name of ["broadcast-channel", "focus-manager", "online-manager"])
				Reflect.deleteProperty(globalThis, Symbol.for(`better-auth:${name}`));
			giveBack();
		},
	};
}

/** The page is closed, with all that is on its way to it. */
export function close(actor: Actor): void {
	actor.state = "closed";
	actor.page.close();
	void actor.store.destroy();
}

/** The browser stops the page, and has it go on later. What comes to it meanwhile waits. */
export function freeze(actor: Actor): void {
	actor.state = "frozen";
	pageOf(actor.client)?.document?.dispatchEvent(new Event("freeze"));
}
export function thaw(actor: Actor): void {
	actor.state = "open";
	pageOf(actor.client)?.document?.dispatchEvent(new Event("resume"));
}
