import { brokenRules } from "./rules.js";
import type { Actor, Scene, Stage } from "./scene.js";

/** A command of the store. Ada, Bob and Cy are on the device, and Cy is active. */
const commands: Record<string, (actor: Actor, id: Stage["id"]) => ReturnType<Parameters<Stage["command"]>[1]>> = {
	refetch: ({ store }) => store.refetch(),
	setActive: ({ store }, id) => store.setActive(id("Ada")),
	revoke: ({ store }, id) => store.revoke(id("Cy")),
	signOutOthers: ({ store }) => store.signOutOthers(),
	signOutAll: ({ store }) => store.signOutAll(),
};

/** A call of the app's, past the store. */
const calls: Record<string, (actor: Actor, device: Stage["device"]) => Promise<unknown>> = {
	"sign-in": ({ client }, { password }) => client.signIn.email({ email: "bob@example.com", password }),
	"sign-up": ({ client }, { password }) => client.signUp.email({ name: "Dee", email: "dee@example.com", password }),
	"sign-out": ({ client }) => client.signOut(),
	"update-user": ({ client }) => client.updateUser({ name: "Cyrus" }),
	"get-session": ({ client }, device) => {
		// Due for renewal: its answer brings the cookie again.
		for (const session of device.sessionsOf("Cy")) session.expiresAt = new Date(device.clock.now() + 5 * 86_400_000);
		return client.getSession();
	},
	organization: ({ client }) =>
		client.$fetch("/organization/set-active", { method: "POST", body: { organizationId: null } }),
};

/** Each command beside each call, in the same tab and in another one. */
export const besideCalls: readonly Scene[] = Object.entries(commands).flatMap(([command, run]) =>
	Object.entries(calls).flatMap(([call, send]) =>
		[1, 2].map(
			(tabs): Scene => ({
				name: `${command}-beside-${call}${tabs === 2 ? "-elsewhere" : ""}`,
				what: `${tabs === 2 ? "a tab" : "a page"} calls ${call}, and ${tabs === 2 ? "another one" : "its store"} is told ${command}`,
				device: { accounts: ["Ada", "Bob", "Cy"] },
				tabs,
				hasPlugin: true,
				act({ actor, command: give, device, id }) {
					send(actor(tabs - 1), device).catch(() => {});
					give(command, () => run(actor(0), id));
				},
				check: brokenRules,
			}),
		),
	),
);
