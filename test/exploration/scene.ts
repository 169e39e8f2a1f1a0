import { createDeviceSessions, type Result } from "../../src/index.js";
import type { TestClient, TestDevice, TestDeviceOptions, TestTab } from "../../src/testing/index.js";

const openStore = (client: TestClient) => createDeviceSessions(client);

/** A page with a store on it. */
export interface Actor {
	readonly page: TestTab;
	readonly client: TestClient;
	readonly store: ReturnType<typeof openStore>;
}

interface Command {
	readonly what: string;
	readonly answers: (string | null)[];
}

/** What a scene plays on: a device, its pages, and the commands that were given on them. */
export interface Stage {
	readonly device: TestDevice;
	readonly actors: readonly Actor[];
	readonly commands: readonly Command[];
	actor(tab: number): Actor;
	/** Somebody's row id. */
	id(name: string): string;
	/** Gives a command; what it returns is written down. */
	command(what: string, run: () => Promise<Result<unknown>>): void;
}

export type Losable = "request" | "answer" | "body" | "message" | "lock";

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
	/** When a timer may fire: while something is on its way too, or, by default, only when nothing is. */
	readonly timers?: "at rest" | "any time";
	/** The one rule that is known to be broken today, and why. */
	readonly expectedFailure?: { readonly rule: string; readonly why: string };
	act(stage: Stage): void;
	/** The rules that are broken at rest. */
	check(stage: Stage): readonly string[];
}

/** Puts a store on each of so many pages of a device. */
export function setStage(device: TestDevice, tabs: number): Stage & { end(): void } {
	const pages: TestTab[] = [device, ...Array.from({ length: tabs - 1 }, () => device.openTab())];
	const actors = pages.map((page) => ({ page, client: page.client, store: openStore(page.client) }));
	for (const { store } of actors) store.subscribe(() => {});
	const commands: Command[] = [];
	return {
		device,
		actors,
		commands,
		actor(tab) {
			const actor = actors[tab];
			if (!actor) throw new Error(`There is no tab ${tab}.`);
			return actor;
		},
		id: (name) => device.sessionsOf(name)[0]?.id ?? "nobody",
		command(what, run) {
			const command: Command = { what, answers: [] };
			commands.push(command);
			run().then(
				({ error }) => command.answers.push(error?.kind ?? null),
				() => command.answers.push("rejected"),
			);
		},
		end() {
			for (const { store } of actors) void store.destroy();
		},
	};
}
