import { createAuthClient as vanilla } from "better-auth/client";
import { inferAdditionalFields, multiSessionClient, organizationClient } from "better-auth/client/plugins";
import { createAuthClient as react } from "better-auth/react";
import { createAuthClient as solid } from "better-auth/solid";
import { createAuthClient as svelte } from "better-auth/svelte";
import { createAuthClient as vue } from "better-auth/vue";
import { createDeviceSessions } from "device-sessions";

// Compiled with the rest, never run: the rows carry what the client's type says, whatever framework it is for.

for (const store of [
	createDeviceSessions(vanilla({ plugins: [multiSessionClient()] })),
	createDeviceSessions(react({ plugins: [multiSessionClient()] })),
	createDeviceSessions(vue({ plugins: [multiSessionClient()] })),
	createDeviceSessions(svelte({ plugins: [multiSessionClient()] })),
	createDeviceSessions(solid({ plugins: [multiSessionClient()] })),
	createDeviceSessions(vanilla({ plugins: [multiSessionClient()], fetchOptions: { throw: true } })),
]) {
	const name: string | undefined = store.get().active?.user.name;
	// @ts-expect-error the token stays behind
	const token = store.get().active?.session.token;
	// @ts-expect-error rows cannot be written
	store.get().sessions.push(store.get().sessions[0]);
	// @ts-expect-error nor can the store
	store.set(store.get());
	const state = store.get();
	if (state.status === "switching") state.target satisfies string;
	if (state.status === "revoking") state.targets satisfies readonly string[];
	// @ts-expect-error there is a target only while switching
	if (state.status === "idle") state.target;
	void [name, token];
}

const rich = createDeviceSessions(
	react({
		plugins: [
			multiSessionClient(),
			organizationClient(),
			inferAdditionalFields({
				user: { plan: { type: "string" } },
				session: { theme: { type: "string", required: false } },
			}),
		],
	}),
);
const row = rich.get().active;
row?.user.plan satisfies string | undefined;
row?.session.theme satisfies string | null | undefined;
row?.session.activeOrganizationId satisfies string | null | undefined;
// @ts-expect-error a field that nobody declared
row?.user.nick;

// @ts-expect-error a client without multiSessionClient()
createDeviceSessions(vanilla({ plugins: [organizationClient()] }));
