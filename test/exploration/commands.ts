import type { Result } from "../../src/index.js";
import type { Actor, Happening, Losable, Stage } from "./scene.js";
import { close, freeze } from "./scene.js";

type Give = (actor: Actor, id: Stage["id"]) => Promise<Result<unknown>>;

/** A command of the store, and what the second of two such commands is. Ada, Bob and Cy are on the device, and Cy is active. */
export const commands: Readonly<Record<string, { readonly first: Give; readonly second?: Give }>> = {
	setActive: {
		first: ({ store }, id) => store.setActive(id("Ada")),
		second: ({ store }, id) => store.setActive(id("Bob")),
	},
	revokeAnother: {
		first: ({ store }, id) => store.revoke(id("Bob")),
		second: ({ store }, id) => store.revoke(id("Ada")),
	},
	revokeActive: { first: ({ store }, id) => store.revoke(id("Cy")) },
	signOutOthers: { first: ({ store }) => store.signOutOthers() },
	signOutAll: { first: ({ store }) => store.signOutAll() },
	refetch: { first: ({ store }) => store.refetch() },
};

type Send = (actor: Actor, device: Stage["device"]) => Promise<unknown>;

/** A call of the app's, past the store. */
export const calls: Readonly<Record<string, Send>> = {
	"sign-in": ({ client }, { password }) => client.signIn.email({ email: "bob@example.com", password }),
	"sign-out": ({ client }) => client.signOut(),
	"get-session": ({ client }, device) => {
		// Due for renewal: its answer brings the cookie again.
		for (const session of device.sessionsOf("Cy")) session.expiresAt = new Date(device.clock.now() + 5 * 86_400_000);
		return client.getSession();
	},
};

/** More of them, which a client without the plugin does not have or the store does not see. */
export const moreCalls: Readonly<Record<string, Send>> = {
	"sign-up": ({ client }, { password }) => client.signUp.email({ name: "Dee", email: "dee@example.com", password }),
	"update-user": ({ client }) => client.updateUser({ name: "Cyrus" }),
	organization: ({ client }) =>
		client.$fetch("/organization/set-active", { method: "POST", body: { organizationId: null } }),
};

/** What may go wrong beside a command, once, at any moment. */
export interface Trouble {
	readonly what: string;
	readonly loses?: readonly Losable[];
	readonly happens?: Happening;
	/** No page can know of it. */
	readonly isSilent?: boolean;
	/** It takes another page to see what becomes of it. */
	readonly isOfTab?: boolean;
}

const end = (name: string): Happening => ({
	what: `${name}'s session ends elsewhere`,
	run: ({ device }) => device.end(name),
});

export const troubles: Readonly<Record<string, Trouble>> = {
	"the-active-session-ends": { what: "the active session ends elsewhere", happens: end("Cy"), isSilent: true },
	"another-session-ends": { what: "another session ends elsewhere", happens: end("Ada"), isSilent: true },
	"a-request-is-lost": { what: "one request is lost", loses: ["request"] },
	"an-answer-is-lost": { what: "one answer is lost, or its body", loses: ["answer", "body"] },
	"its-tab-closes": {
		what: "its page is closed",
		isOfTab: true,
		happens: { what: "tab 0 is closed", tab: 0, run: ({ actor }) => close(actor(0)) },
	},
	"its-tab-freezes": {
		what: "its page is frozen for a while",
		isOfTab: true,
		happens: { what: "tab 0 is frozen", tab: 0, run: ({ actor }) => freeze(actor(0)) },
	},
};
