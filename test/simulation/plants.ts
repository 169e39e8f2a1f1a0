import type { ReadableAtom } from "nanostores";
import { assign as assignTyped, enqueueActions as enqueueTyped } from "xstate";
import type { Command } from "../../src/device-sessions/machine/commands.js";
import type { Context } from "../../src/device-sessions/machine/context.js";
import { nextStep } from "../../src/device-sessions/machine/queue.js";
import { deviceSessionsMachine } from "../../src/device-sessions/machine.js";
import type { Page, PageLocks } from "../../src/device-sessions/page/environment.js";
import type { TestClient } from "../../src/testing/index.js";
import type { Plant } from "./device.js";
import { plantsOfTheApp } from "./plants-of-the-app.js";
import { withChannel } from "./plants-of-the-page.js";
import { plantsOfTheServer } from "./plants-of-the-server.js";
import { plantsOfTheVersion } from "./plants-of-the-version.js";

// Parts of the machine, written without its types: what they replace is looked up by name.
const assign = assignTyped as unknown as (change: (on: { context: Context }, command: Command) => object) => unknown;
const enqueueActions = enqueueTyped as unknown as (
	run: (on: { context: Context; enqueue: { assign(change: object): void } }, command: Command) => void,
) => unknown;

/** The client with some of it replaced; the rest is its own. */
function instead(client: TestClient, replaced: Record<string, unknown>): TestClient {
	return new Proxy(client, {
		// Safe: a client is asked for properties by name.
		get: (target, name) => replaced[name as string] ?? Reflect.get(target, name),
	});
}
const withLocks = (page: Page, locks: PageLocks | undefined): Page => ({
	...page,
	navigator: { ...page.navigator, ...(locks ? { locks } : { locks: undefined as never }) },
});

/** Replaces a part of the machine; answers how to put it back. */
function inMachine(kind: "actions" | "guards" | "delays", name: string, part: unknown): () => void {
	// Safe: the machine's own parts, by name.
	const parts = deviceSessionsMachine.implementations[kind] as Record<string, unknown>;
	const own = parts[name];
	parts[name] = part;
	return () => {
		parts[name] = own;
	};
}

/** Faults that the simulation must find, each a rule of the store that does not hold. */
export const plants: Record<string, Plant> = {
	"no lock": { page: (page) => withLocks(page, undefined) },
	"other tabs are not told": {
		page: (page) =>
			withChannel(page, (channel) => {
				channel.postMessage = () => {};
			}),
	},
	// Fired in vain, it would be missed after `timeout`, and read for.
	"the session signal is not fired": {
		install: () => inMachine("actions", "fireSignal", () => {}),
	},
	"the session atom is not listened to": {
		seed: 107,
		client: (client) => {
			// Safe: as much of the atom as the store asks for.
			const session = client.$store.atoms["session"] as unknown as { value: unknown };
			const deaf = Object.assign(Object.create(session), { listen: () => () => {} });
			const { $store } = client;
			const atoms = new Proxy({}, { get: (_, name) => (name === "session" ? deaf : $store.atoms[name as never]) });
			return instead(client, { $store: { atoms, notify: (signal: never) => $store.notify(signal) } });
		},
	},
	"a command that finds another under way is dropped": {
		install: () =>
			inMachine(
				"actions",
				"enqueue",
				enqueueActions(({ context, enqueue: act }, command) => {
					if (!context.command) act.assign({ queue: [...context.queue, command] });
				}),
			),
	},
	"an older switch comes after a newer one": {
		install: () =>
			inMachine(
				"actions",
				"enqueue",
				assign(({ context }, command) => ({ queue: [command, ...context.queue] })),
			),
	},
	"an answer is withheld": {
		install: () =>
			inMachine(
				"actions",
				"answer",
				assign(({ context }: { context: Context }) => {
					const step = nextStep(context);
					if (step.type !== "answer") return {};
					return {
						queue: context.queue.filter((other) => other !== step.command),
						command: context.command === step.command ? null : context.command,
					};
				}),
			),
	},
	"an unknown outcome is guessed to be success": {
		seed: 178,
		client: (client) =>
			instead(client, {
				multiSession: new Proxy(client.multiSession, {
					get: (target, name) =>
						name === "revoke"
							? (input: never) => target.revoke(input).catch(() => ({ data: { status: true }, error: null }))
							: Reflect.get(target, name),
				}),
			}),
	},
	"an unlisted active account is taken for a listed one": {
		client: (client) =>
			instead(client, {
				multiSession: new Proxy(client.multiSession, {
					get: (target, name) =>
						name === "listDeviceSessions"
							? async (input: never) => {
									const answer = await target.listDeviceSessions(input);
									const { data } = await client.getSession({ fetchOptions: { disableSignal: true } });
									const isMissing = data && answer.data?.every(({ session }) => session.id !== data.session.id);
									return isMissing && answer.data ? { ...answer, data: [...answer.data, data] } : answer;
								}
							: Reflect.get(target, name),
				}),
			}),
	},
	"a token is told to the other tabs": tellingTokens(),
	...plantsOfTheVersion,
	...plantsOfTheApp,
	...plantsOfTheServer,
};

function tellingTokens(): Plant {
	let token: unknown;
	return {
		client(client) {
			// Safe: as much of the atom as is looked at.
			const session = client.$store.atoms["session"] as unknown as ReadableAtom<{
				data: { session: { token: string } } | null;
			}>;
			session.listen(({ data }) => {
				token = data?.session.token;
			});
			return client;
		},
		page: (page) =>
			withChannel(page, (channel) => {
				const post = channel.postMessage.bind(channel);
				channel.postMessage = (message) => post({ ...Object(message), token });
			}),
	};
}
