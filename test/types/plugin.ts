import { betterAuth } from "better-auth";
import { createAuthClient as vanilla } from "better-auth/client";
import {
	adminClient,
	anonymousClient,
	emailOTPClient,
	inferAdditionalFields,
	jwtClient,
	lastLoginMethodClient,
	magicLinkClient,
	multiSessionClient,
	oneTimeTokenClient,
	organizationClient,
	phoneNumberClient,
	siweClient,
	twoFactorClient,
	usernameClient,
} from "better-auth/client/plugins";
import { createAuthClient as react } from "better-auth/react";
import { createAuthClient as solid } from "better-auth/solid";
import { createAuthClient as svelte } from "better-auth/svelte";
import { createAuthClient as vue } from "better-auth/vue";
import {
	createDeviceSessions,
	type DeviceSession,
	type DeviceSessions,
	type DeviceSessionsState,
	deviceSessionsClient,
} from "device-sessions";
import type { ReadableAtom } from "nanostores";
import * as v from "valibot";

// Compiled with the rest, never run: what the plugin adds to a client, in each of its flavours.

/** Only where the two are the same, so that `any` is not taken for whatever is asked. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Same<A, B>): void => {};

/** Hooks want to be called by one. */
export async function useEverything(): Promise<void> {
	const ofReact = react({ plugins: [deviceSessionsClient()] });
	const ofVue = vue({ plugins: [deviceSessionsClient()] });
	const ofSvelte = svelte({ plugins: [deviceSessionsClient()] });
	const ofSolid = solid({ plugins: [deviceSessionsClient()] });
	const ofNone = vanilla({ plugins: [deviceSessionsClient()] });

	/** The hook, ref, accessor or store of each. */
	const inReact = ofReact.useDeviceSessions();
	inReact satisfies DeviceSessionsState;
	const inVue = ofVue.useDeviceSessions();
	inVue.value satisfies DeviceSessionsState;
	// @ts-expect-error read-only
	inVue.value = inReact;
	const inSolid = ofSolid.useDeviceSessions();
	inSolid() satisfies DeviceSessionsState;
	const inSvelte = ofSvelte.useDeviceSessions();
	inSvelte satisfies ReadableAtom<DeviceSessionsState>;
	ofNone.useDeviceSessions satisfies ReadableAtom<DeviceSessionsState>;
	// @ts-expect-error no hook
	ofNone.useDeviceSessions();
	// @ts-expect-error read-only
	ofNone.useDeviceSessions.set(inReact);

	for (const { sessions, active, status } of [
		inReact,
		inVue.value,
		inSolid(),
		inSvelte.get(),
		ofNone.useDeviceSessions.get(),
	]) {
		sessions[0]?.user.name satisfies string | undefined;
		active?.session.expiresAt satisfies Date | undefined;
		status satisfies "idle" | "loading" | "switching" | "revoking";
		// @ts-expect-error the token stays behind
		active?.session.token;
		// @ts-expect-error rows cannot be written
		sessions.push(sessions[0]);
		// @ts-expect-error a field that nobody declared
		active?.user.plan;
	}

	/** The store with its commands, in every flavour the same. */
	for (const client of [ofReact, ofVue, ofSvelte, ofSolid, ofNone]) {
		client.deviceSessions satisfies DeviceSessions;
		(await client.deviceSessions.setActive("id")).data?.user.name satisfies string | undefined;
		client.deviceSessions.actor.getSnapshot().matches("idle") satisfies boolean;
		// @ts-expect-error there is no such id
		client.deviceSessions.setActive(5);
		// @ts-expect-error read-only
		client.deviceSessions.set(inReact);
		createDeviceSessions(client).get().active?.user.name satisfies string | undefined;
		// What multiSessionClient() does comes along.
		(await client.multiSession.setActive({ sessionToken: "…" })).data?.user.name satisfies string | undefined;
		(await client.multiSession.listDeviceSessions()).data?.[0]?.session.token satisfies string | undefined;
		(await client.multiSession.revoke({ sessionToken: "…" })).data?.status satisfies boolean | undefined;
		// @ts-expect-error no token
		client.multiSession.setActive({});
	}

	/** Custom fields come from the server's type. */
	const auth = betterAuth({
		user: { additionalFields: { plan: { type: "string" }, nick: { type: "string", required: false } } },
		session: { additionalFields: { theme: { type: "string", required: false } } },
	});
	const own = react({ plugins: [deviceSessionsClient<typeof auth>()] });
	const { active } = own.useDeviceSessions();
	if (active) {
		is<typeof active.user.plan, string>(true);
		is<typeof active.user.nick, string | null | undefined>(true);
		is<typeof active.session.theme, string | null | undefined>(true);
		// @ts-expect-error the token stays behind
		active.session.token;
		// @ts-expect-error a field that nobody declared
		active.user.shoeSize;
		// @ts-expect-error rows cannot be written
		active.user.plan = "paid";
	}
	own.deviceSessions.$active.get()?.user.plan satisfies string | undefined;
	(await own.deviceSessions.revoke("id")).data?.active?.user.plan satisfies string | undefined;

	/** And to the callbacks. */
	deviceSessionsClient<typeof auth>({
		onIdentityChange: ({ to }) => to?.user.plan satisfies string | undefined,
		onBeforeSwitch: ({ to }) => to.user.plan !== "locked",
		// @ts-expect-error an option that does not exist
		refetchOnFocus: true,
	});
	// @ts-expect-error
	deviceSessionsClient({ whenActiveLost: "panic" });

	/** Schemas of the app's own are laid over what is known. */
	const schemas = { user: v.object({ plan: v.picklist(["free", "paid"]) }), session: v.object({ seen: v.number() }) };
	const checked = vue({ plugins: [deviceSessionsClient({ schemas })] }).useDeviceSessions().value.active;
	if (checked) {
		is<typeof checked.user.plan, "free" | "paid">(true);
		is<typeof checked.session.seen, number>(true);
		is<typeof checked.user.name, string>(true);
	}
	const both = solid({ plugins: [deviceSessionsClient<typeof auth, typeof schemas>({ schemas })] });
	const row = both.useDeviceSessions()().active;
	if (row) {
		is<typeof row.user.plan, "free" | "paid">(true);
		is<typeof row.user.nick, string | null | undefined>(true);
		is<typeof row.session.seen, number>(true);
		is<typeof row.session.theme, string | null | undefined>(true);
	}

	/** With other plugins, in any order, nothing is lost: neither theirs nor ours. */
	const first = vanilla({
		plugins: [
			deviceSessionsClient<typeof auth>(),
			organizationClient(),
			twoFactorClient(),
			adminClient(),
			usernameClient(),
			magicLinkClient(),
			phoneNumberClient(),
			anonymousClient(),
			emailOTPClient(),
			jwtClient(),
			oneTimeTokenClient(),
			siweClient(),
			lastLoginMethodClient(),
			inferAdditionalFields<typeof auth>(),
		],
	});
	const last = react({
		plugins: [
			inferAdditionalFields<typeof auth>(),
			multiSessionClient(),
			organizationClient(),
			twoFactorClient(),
			adminClient(),
			usernameClient(),
			magicLinkClient(),
			phoneNumberClient(),
			anonymousClient(),
			emailOTPClient(),
			jwtClient(),
			deviceSessionsClient<typeof auth>(),
		],
	});
	first.useDeviceSessions.get().active?.user.plan satisfies string | undefined;
	last.useDeviceSessions().active?.user.plan satisfies string | undefined;
	for (const client of [first, last]) {
		client.deviceSessions.get().active?.user.plan satisfies string | undefined;
		createDeviceSessions(client).get().active?.user.plan satisfies string | undefined;
		(await client.multiSession.setActive({ sessionToken: "…" })).data?.user.name satisfies string | undefined;
		(await client.organization.list()).data?.[0]?.slug satisfies string | undefined;
		(await client.twoFactor.verifyTotp({ code: "…" })).data?.token satisfies string | undefined;
		client.$Infer.Session.user.plan satisfies string;
	}

	/** A component that takes any store or row takes these. */
	const show = (store: DeviceSessions, one: DeviceSession | null): void => void [store, one];
	show(own.deviceSessions, active);
	show(both.deviceSessions, row);
}
