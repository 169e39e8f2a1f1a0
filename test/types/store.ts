import { createAuthClient } from "better-auth/client";
import { adminClient, inferAdditionalFields, multiSessionClient, twoFactorClient } from "better-auth/client/plugins";
import {
	createDeviceSessions,
	type DeviceSession,
	type DeviceSessions,
	type DeviceSessionsSnapshot,
	type DeviceSessionsState,
	type IdentityChange,
	type OperationError,
	type SessionOf,
	toDeviceSessions,
	type UserOf,
} from "device-sessions";
import * as v from "valibot";

// Compiled with the rest, never run: what a user may write, and what the compiler tells him.

const client = createAuthClient({
	plugins: [
		multiSessionClient(),
		twoFactorClient(),
		adminClient(),
		inferAdditionalFields({ user: { plan: { type: "string" } } }),
	],
});
const store = createDeviceSessions(client);

/** Rows carry what plugins add to users and sessions. */
const row = store.get().active;
row?.user.twoFactorEnabled satisfies boolean | null | undefined;
row?.user.role satisfies string | null | undefined;
row?.user.plan satisfies string | undefined;
row?.session.impersonatedBy satisfies string | null | undefined;
row?.session.expiresAt satisfies Date | undefined;

/** Nothing can be written. */
if (row) {
	// @ts-expect-error a row
	row.active = true;
	// @ts-expect-error its user
	row.user.name = "Ada";
	// @ts-expect-error its session
	row.session.userId = "ada";
	// @ts-expect-error the list
	store.get().sessions[0] = row;
}

/** The status says what else is there. */
function describeState(state: DeviceSessionsState<UserOf<typeof client>, SessionOf<typeof client>>): string {
	switch (state.status) {
		case "switching":
			// @ts-expect-error there is no progress in a switch
			return state.target || state.done;
		case "revoking":
			return `${state.done} of ${state.targets.length}`;
		case "idle":
		case "loading":
			return state.active?.user.plan ?? "";
		default:
			return state satisfies never;
	}
}
describeState(store.get());

/** Commands answer results: one of the two is null. */
const { data, error } = await store.setActive("id", { leaveUnlisted: true });
if (error) error satisfies OperationError;
else data.user.plan satisfies string;
(await store.revoke("id", { next: "other" })).data?.active?.user.plan satisfies string | undefined;
(await store.signOutAll()).data?.url satisfies string | undefined;
(await store.signOutOthers()).data?.revoked satisfies readonly string[] | undefined;
(await store.refetch()).data?.[0]?.user.plan satisfies string | undefined;
if (error?.kind === "partial") error.failed?.[0]?.error.kind satisfies string | undefined;
// @ts-expect-error a kind that does not exist
error?.kind === "gone";

/** Single stores, as narrow. */
store.$active.get()?.user.plan satisfies string | undefined;
store.$status.get() satisfies "idle" | "loading" | "switching" | "revoking";
// @ts-expect-error
store.$active.set(null);

/** Callbacks see the same rows. */
createDeviceSessions(client, {
	onIdentityChange: ({ from, to, reason }) => {
		from?.user.plan satisfies string | undefined;
		to?.user.plan satisfies string | undefined;
		reason satisfies "setActive" | "revoke" | "signOutAll" | "promote" | "external";
	},
	onBeforeSwitch: async ({ to }) => to.user.plan !== "locked",
});

/** The app's own schemas are laid over them. */
const checked = createDeviceSessions(client, {
	schemas: {
		user: v.object({ plan: v.picklist(["free", "paid"]) }),
		session: v.object({ theme: v.optional(v.string()) }),
	},
	onIdentityChange: ({ to }) => to?.user.plan satisfies "free" | "paid" | undefined,
});
checked.get().active?.user.plan satisfies "free" | "paid" | undefined;
checked.get().active?.user.name satisfies string | undefined;
checked.get().active?.session.theme satisfies string | undefined;
// @ts-expect-error
checked.get().active?.user.plan === "stolen";
// @ts-expect-error the token stays behind
checked.get().active?.session.token;

/** What a server rendered. */
const snapshot: DeviceSessionsSnapshot = toDeviceSessions([], null);
store.hydrate(snapshot).data?.[0]?.user.plan satisfies string | undefined;
createDeviceSessions(client, { initial: snapshot });
createDeviceSessions(client, { initial: undefined });

/** A component that takes any store, whatever its fields. */
function showNames(any: DeviceSessions, one: DeviceSession): string {
	const change: IdentityChange = { from: one, to: null, reason: "external" };
	return `${any.get().sessions.map(({ user }) => user.name)}${change.from?.user.name}`;
}
if (row) showNames(store, row);
if (row) showNames(checked, row);

// @ts-expect-error an option that does not exist
createDeviceSessions(client, { refetchOnFocus: true });
// @ts-expect-error
createDeviceSessions(client, { whenActiveLost: "panic" });
// @ts-expect-error not a schema
createDeviceSessions(client, { schemas: { user: {} } });
// @ts-expect-error there is no such id
store.setActive(5);
