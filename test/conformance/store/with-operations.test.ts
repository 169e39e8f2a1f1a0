import { expect, test } from "vitest";
import {
	type DeviceSessionsOptions,
	type DeviceSessionsState,
	Organization,
	Password,
	SignIn,
	SignUp,
	TwoFactor,
} from "../../../src/index.js";
import { openIdentityTab } from "../../support/identity-server.js";
import { openStoreOn, until } from "../../support/open-store.js";
import { createBrowser, password } from "../../support/real-server.js";
import { challenge, elsewhere, enrol, mailOf, must, people, type Scene } from "../../support/scenes.js";
import { totp } from "../../support/totp.js";

/** A mounted store on that device, once it has been read. */
async function mount({ browser }: Pick<Scene, "browser">, options: DeviceSessionsOptions = {}) {
	const opened = await openStoreOn(browser, () => openIdentityTab(browser), options);
	const { store } = opened;
	return {
		...opened,
		active: () => store.value?.active?.user.name,
		id: (name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "",
		/** Waits until the store is at rest with this active account, whose token it goes out with. */
		settled: async (name: string | undefined, isNew = (_: DeviceSessionsState) => true) => {
			await until(
				store,
				(state) => state.status === "idle" && state.active?.user.name === name && isNew(state as DeviceSessionsState),
			);
		},
	};
}

/** Every account of the device can be switched to, and be signed out. */
async function expectEveryRowWorks({ store, id }: Awaited<ReturnType<typeof mount>>, names: string[]) {
	for (const name of names) {
		expect((await store.setActive(id(name))).error).toBeNull();
		expect(store.value?.active?.user.name).toBe(name);
	}
	for (const name of names.slice(0, -1)) expect((await store.revoke(id(name))).error).toBeNull();
	await store.refetch();
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(names.slice(-1));
	expect(store.value?.error).toBeNull();
}

test("a sign-in adds an account to the list and makes it active, with no further call", async () => {
	const scene = await people(["Grace", "Ada"]);
	const device = createBrowser(scene.server);
	await must(openIdentityTab(device).signIn.email({ email: mailOf("Grace"), password }));
	const mounted = await mount({ browser: device });
	expect(mounted.names()).toEqual(["Grace"]);
	expect((await SignIn.Email(mounted.client, { email: mailOf("Ada"), password })).error).toBeNull();
	await mounted.settled("Ada");
	expect(mounted.names()).toEqual(["Grace", "Ada"]);
	expect(device.count()).toEqual({
		"POST /sign-in/email": 1,
		"GET /get-session": 1,
		"GET /multi-session/list-device-sessions": 1,
	});
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

test("a sign-up does so as well, also where nobody was there", async () => {
	const mounted = await mount(await people([]));
	expect(mounted.names()).toEqual([]);
	await SignUp.Email(mounted.client, { name: "Ada", email: mailOf("Ada"), password });
	await mounted.settled("Ada");
	await SignUp.Email(mounted.client, { name: "Grace", email: mailOf("Grace"), password });
	await mounted.settled("Grace");
	await expectEveryRowWorks(mounted, ["Ada", "Grace"]);
});

test("a refused sign-in changes nothing and asks nothing more", async () => {
	const scene = await people(["Ada"]);
	const mounted = await mount(scene);
	const before = mounted.store.value;
	const { error } = await SignIn.Email(mounted.client, { email: mailOf("Ada"), password: "wrong" });
	expect(error?.kind).toBe("unauthorized");
	await mounted.store.setActive(mounted.id("Ada"));
	expect(mounted.store.value?.sessions).toBe(before?.sessions);
	expect(scene.browser.requests).toEqual(["POST /sign-in/email"]);
});

test("a challenge adds nobody; the account is there once its code was taken, and those before it are kept", async () => {
	const { uri, server } = await enrol(await people(["Ada"]));
	const scene = await elsewhere({ server, browser: createBrowser(server) }, "Grace");
	const mounted = await mount(scene);
	const grace = mounted.id("Grace");
	const { data } = await SignIn.Email(mounted.client, { email: mailOf("Ada"), password });
	expect(data?.twoFactorRedirect).toBe(true);
	// Better Auth's server takes the active account's cookie away with its challenge: nobody is active until the code.
	await mounted.settled(undefined);
	expect(mounted.store.value?.sessions.map(({ id }) => id)).toEqual([grace]);
	expect(mounted.store.value?.error).toBeNull();
	await TwoFactor.VerifyTotp(mounted.client, { code: totp(uri) });
	await mounted.settled("Ada");
	expect(mounted.names()).toEqual(["Grace", "Ada"]);
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

test("with promote the account used last is active again during a challenge, and Better Auth takes the code for that one's", async () => {
	const { uri, server } = await enrol(await people(["Ada"]));
	const scene = await elsewhere({ server, browser: createBrowser(server) }, "Grace");
	const mounted = await mount(scene, { whenActiveLost: "promote" });
	await SignIn.Email(mounted.client, { email: mailOf("Ada"), password });
	await until(mounted.store, () => scene.browser.requests.includes("POST /multi-session/set-active"));
	await mounted.settled("Grace");
	expect((await TwoFactor.VerifyTotp(mounted.client, { code: totp(uri) })).error?.code).toBe("TOTP_NOT_ENABLED");
	expect([mounted.names(), mounted.active()]).toEqual([["Grace"], "Grace"]);
});

test("a challenge that is given up leaves the others to be switched to", async () => {
	const scene = await challenge(["Grace"]);
	const mounted = await mount(scene);
	expect([mounted.names(), mounted.active()]).toEqual([["Grace"], undefined]);
	expect((await mounted.store.setActive(mounted.id("Grace"))).error).toBeNull();
	expect(mounted.active()).toBe("Grace");
});

test("a password that is changed everywhere gives the account another session, on which it can still be switched and signed out", async () => {
	const scene = await people(["Grace", "Ada"]);
	const mounted = await mount(scene);
	const before = mounted.id("Ada");
	const { data } = await Password.Change(mounted.client, {
		currentPassword: password,
		newPassword: "another horse battery staple",
		revokeOtherSessions: true,
	});
	expect(data?.token).toBeTruthy();
	await mounted.settled("Ada", ({ active }) => active?.id !== before);
	expect(mounted.names()?.sort()).toEqual(["Ada", "Grace"]);
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

const isOn = (on: boolean) => (state: DeviceSessionsState) =>
	// Safe: a field of the plugin, which this state's type does not name.
	(state.active?.user as { twoFactorEnabled?: boolean } | undefined)?.twoFactorEnabled === on;

test("two-factor that is turned on and off leaves every account where it can be switched to", async () => {
	const scene = await people(["Grace", "Ada"]);
	const mounted = await mount(scene);
	const { client, store } = mounted;
	const enabled = await TwoFactor.Enable(client, { password });
	if (enabled.data?.method !== "totp") throw new Error("no totp");
	expect((await TwoFactor.VerifyTotp(client, { code: totp(enabled.data.totpURI) })).error).toBeNull();
	await mounted.settled("Ada", isOn(true));
	expect(mounted.names()?.sort()).toEqual(["Ada", "Grace"]);
	await store.setActive(mounted.id("Grace"));
	await store.setActive(mounted.id("Ada"));
	expect((await TwoFactor.GenerateBackupCodes(client, { password })).error).toBeNull();
	expect((await TwoFactor.Disable(client, { password })).error).toBeNull();
	await mounted.settled("Ada", isOn(false));
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

test("two-factor by mail is on at once, and leaves every account where it can be switched to", async () => {
	const mounted = await mount(await people(["Grace", "Ada"]));
	expect((await TwoFactor.Enable(mounted.client, { password, method: "otp" })).error).toBeNull();
	await mounted.settled("Ada", isOn(true));
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

test("an organization that becomes active is in the account's session, and the rows stay", async () => {
	const scene = await people(["Grace", "Ada"]);
	const mounted = await mount(scene);
	const ids = mounted.store.value?.sessions.map(({ id }) => id);
	const { data } = await Organization.Create(mounted.client, { name: "Acme", slug: "acme" });
	const isActive = (organization: string | null | undefined) => (state: DeviceSessionsState) =>
		// Safe: a field of the plugin, which this state's type does not name.
		((state.active?.session as { activeOrganizationId?: string | null } | undefined)?.activeOrganizationId ?? null) ===
		organization;
	await mounted.settled("Ada", isActive(data?.id));
	await Organization.SetActive(mounted.client, { organizationId: null });
	await mounted.settled("Ada", isActive(null));
	await Organization.SetActive(mounted.client, { organizationSlug: "acme" });
	await mounted.settled("Ada", isActive(data?.id));
	expect(mounted.store.value?.sessions.map(({ id }) => id)).toEqual(ids);
	expect(mounted.store.value?.error).toBeNull();
	await expectEveryRowWorks(mounted, ["Grace", "Ada"]);
});

test("what a call of the app's changes in the active account is shown, and what changes nothing is not read for", async () => {
	const scene = await people(["Grace", "Ada"]);
	const mounted = await mount(scene);
	await mounted.client.updateUser({ name: "Countess" });
	await mounted.settled("Countess");
	expect(mounted.names()).toEqual(["Grace", "Countess"]);
	scene.browser.requests.length = 0;
	await mounted.client.useSession.get().refetch();
	await mounted.store.setActive(mounted.id("Countess"));
	expect(scene.browser.count()).toEqual({ "GET /get-session": 1 });
});

test("no token of what the operations answer is in the state", async () => {
	const scene = await people(["Ada"]);
	const mounted = await mount(scene);
	const { data } = await SignUp.Email(mounted.client, { name: "Grace", email: mailOf("Grace"), password });
	await mounted.settled("Grace");
	expect(data?.token).toBeTruthy();
	expect(JSON.stringify(mounted.states)).not.toContain(data?.token);
});
