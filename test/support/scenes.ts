import { createIdentityServer, type IdentityServer, openIdentityTab } from "./identity-server.js";
import { type Browser, createBrowser, password, signUp } from "./real-server.js";
import { totp } from "./totp.js";

/** A device, ready for what a test is about. */
export interface Scene {
	readonly server: IdentityServer;
	readonly browser: Browser;
}

export const mailOf = (name: string): string => `${name.toLowerCase()}@example.com`;

/** What a call must answer for a scene to be set. */
export async function must<T>(answer: Promise<{ data: T; error: unknown }>): Promise<NonNullable<T>> {
	const { data, error } = await answer;
	if (error || !data) throw new Error(`a scene could not be set: ${JSON.stringify(error)}`);
	return data;
}

/** These people signed in on one device, the last one active. */
export async function people(
	names: string[],
	options: Parameters<typeof createIdentityServer>[0] = {},
): Promise<Scene> {
	const server = createIdentityServer(options);
	const browser = createBrowser(server);
	await signUp(browser, ...names);
	return { server, browser };
}

/** Somebody on a device of one's own. */
export async function elsewhere({ server }: Scene, name: string): Promise<Scene> {
	const browser = createBrowser(server);
	await signUp(browser, name);
	return { server, browser };
}

/** The active account with two-factor, which an authenticator app knows as `uri`. */
export async function enrol(scene: Scene) {
	const tab = openIdentityTab(scene.browser);
	const enabled = await must(tab.twoFactor.enable({ password }));
	if (!("totpURI" in enabled)) throw new Error("not enrolled with totp");
	await must(tab.twoFactor.verifyTotp({ code: totp(enabled.totpURI) }));
	scene.browser.requests.length = 0;
	return { ...scene, uri: enabled.totpURI, backupCodes: enabled.backupCodes };
}

/** Ada with two-factor, half signed in: the second step is due. Whoever else is on the device stays there. */
export async function challenge(names = ["Ada"]) {
	const scene = await enrol(await people(["Ada"]));
	await must(openIdentityTab(scene.browser).signOut());
	await signUp(scene.browser, ...names.filter((name) => name !== "Ada"));
	await must(openIdentityTab(scene.browser).signIn.email({ email: mailOf("Ada"), password }));
	scene.browser.requests.length = 0;
	return scene;
}

/** Ada, whose organization Acme is active, and Bob on another device, whom she has invited. */
export async function organize() {
	const scene = await people(["Ada"]);
	const ada = openIdentityTab(scene.browser);
	const { id } = await must(ada.organization.create({ name: "Acme", slug: "acme", metadata: { floor: 3 } }));
	await must(ada.organization.inviteMember({ email: mailOf("Bob"), role: "member" }));
	const guest = await elsewhere(scene, "Bob");
	scene.browser.requests.length = 0;
	return { ...scene, guest, id, invitation: scene.server.mailed("invitation") };
}

/** As `organize`, and Bob has accepted: `member` is what he is there. */
export async function staff() {
	const scene = await organize();
	const { member } = await must(
		openIdentityTab(scene.guest.browser).organization.acceptInvitation({ invitationId: scene.invitation }),
	);
	scene.guest.browser.requests.length = 0;
	return { ...scene, member: member.id };
}
