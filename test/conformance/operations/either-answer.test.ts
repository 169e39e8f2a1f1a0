import { expect, test } from "vitest";
import { EmailVerification, Organization, Password, SignIn, SignUp, TwoFactor } from "../../../src/index.js";
import { openIdentityTab } from "../../support/identity-server.js";
import { emailAndPassword, password } from "../../support/real-server.js";
import { challenge, enrol, mailOf, organize, people, staff } from "../../support/scenes.js";
import { totp } from "../../support/totp.js";

const credentials = { email: mailOf("Ada"), password };

test("an account with two-factor is answered with a challenge, and nobody is active until the code came", async () => {
	const scene = await challenge();
	const client = openIdentityTab(scene.browser);
	const asked = await SignIn.Email(client, credentials);
	expect(asked).toEqual({ data: { twoFactorRedirect: true, twoFactorMethods: ["totp", "otp"] }, error: null });
	expect((await client.getSession()).data).toBeNull();
	const { data } = await TwoFactor.VerifyTotp(client, { code: totp(scene.uri) });
	expect(data).toMatchObject({ token: scene.browser.activeToken(), user: { name: "Ada", twoFactorEnabled: true } });
});

test("a device that is trusted is not asked for a code again", async () => {
	const scene = await challenge();
	const client = openIdentityTab(scene.browser);
	await TwoFactor.VerifyTotp(client, { code: totp(scene.uri), trustDevice: true });
	await client.signOut();
	const { data } = await SignIn.Email(client, credentials);
	expect(data).toMatchObject({ redirect: false, user: { name: "Ada" } });
});

test("a sign-in says where to go on, where that was asked for", async () => {
	const { browser } = await people(["Ada"]);
	const { data } = await SignIn.Email(openIdentityTab(browser), { ...credentials, callbackURL: "/home" });
	expect(data).toMatchObject({ redirect: true, url: "/home" });
});

test("a sign-up that has to be verified first signs nobody in, and says no token", async () => {
	const { browser, server } = await people([], {
		emailAndPassword: { ...emailAndPassword, requireEmailVerification: true },
	});
	const client = openIdentityTab(browser);
	const { data } = await SignUp.Email(client, { name: "Ada", ...credentials });
	expect(data).toMatchObject({ token: null, user: { email: mailOf("Ada"), emailVerified: false } });
	expect((await SignIn.Email(client, credentials)).error).toMatchObject({
		kind: "forbidden",
		code: "EMAIL_NOT_VERIFIED",
	});
	await EmailVerification.Verify(client, { token: server.mailed("verification") });
	expect((await SignIn.Email(client, credentials)).data).toMatchObject({ user: { emailVerified: true } });
});

test("columns of the app's own are sent with a sign-up, and come back", async () => {
	const { browser } = await people([], { user: { additionalFields: { plan: { type: "string" } } } });
	const { data } = await SignUp.Email(openIdentityTab(browser), { name: "Ada", ...credentials, plan: "free" });
	expect(data?.user["plan"]).toBe("free");
});

test("a password that is changed leaves the session as it is, unless the others are to end", async () => {
	const { browser } = await people(["Ada"]);
	const client = openIdentityTab(browser);
	const change = { currentPassword: password, newPassword: password };
	expect((await Password.Change(client, change)).data?.token).toBeNull();
	const before = browser.activeToken();
	const { data } = await Password.Change(client, { ...change, revokeOtherSessions: true });
	expect(data?.token).toBe(browser.activeToken());
	expect(data?.token).not.toBe(before);
});

test("a forgotten password is set anew with the token from the mail, once", async () => {
	const { browser, server } = await people(["Ada"]);
	const client = openIdentityTab(browser);
	await Password.Forgot(client, { email: mailOf("Ada") });
	const reset = { newPassword: "another horse battery staple", token: server.mailed("reset") };
	expect((await Password.Reset(client, reset)).data).toEqual({ status: true });
	expect((await Password.Reset(client, reset)).error).toMatchObject({ kind: "rejected", code: "INVALID_TOKEN" });
	expect((await SignIn.Email(client, credentials)).error?.kind).toBe("unauthorized");
	expect((await SignIn.Email(client, { ...credentials, password: reset.newPassword })).error).toBeNull();
});

test("whether somebody has an address is not told by a forgotten password", async () => {
	const { browser, server } = await people(["Ada"]);
	const client = openIdentityTab(browser);
	const known = await Password.Forgot(client, { email: mailOf("Ada") });
	expect(await Password.Forgot(client, { email: mailOf("Eve") })).toEqual(known);
	expect(server.mails).toHaveLength(1);
});

test("a verified address comes with its user only where it was changed by it", async () => {
	const { browser, server } = await people(["Ada"], {
		user: { changeEmail: { enabled: true, updateEmailWithoutVerification: false } },
	});
	const client = openIdentityTab(browser);
	await EmailVerification.Send(client, { email: mailOf("Ada") });
	const token = server.mailed("verification");
	expect((await EmailVerification.Verify(client, { token })).data).toEqual({ status: true, user: null });
	await client.changeEmail({ newEmail: "countess@example.com" });
	const { data } = await EmailVerification.Verify(client, { token: server.mailed("verification") });
	expect(data).toMatchObject({ status: true, user: { email: "countess@example.com" } });
});

test("two-factor by mail is on at once, and answers nothing to keep", async () => {
	const { browser, server } = await people(["Ada"]);
	const client = openIdentityTab(browser);
	const before = browser.activeToken();
	expect((await TwoFactor.Enable(client, { password, method: "otp" })).data).toEqual({ method: "otp" });
	expect(browser.activeToken()).not.toBe(before);
	await client.signOut();
	expect((await SignIn.Email(client, credentials)).data).toMatchObject({ twoFactorMethods: ["otp"] });
	await TwoFactor.SendOtp(client, {});
	expect((await TwoFactor.VerifyOtp(client, { code: server.mailed("otp") })).data?.user.name).toBe("Ada");
});

test("an answer of a server that knows one method alone, and names none, is that of an app", async () => {
	const client = openIdentityTab((await people(["Ada"])).browser);
	const answer = { totpURI: "otpauth://totp/Acme", backupCodes: ["a"] };
	const customFetchImpl = async () => Response.json(answer);
	const { data } = await TwoFactor.Enable(client, { password }, { fetchOptions: { customFetchImpl } });
	expect(data).toEqual({ method: "totp", ...answer });
});

test("two-factor by an app is on with the first code, and the session stays until then", async () => {
	const { browser } = await people(["Ada"]);
	const client = openIdentityTab(browser);
	const before = browser.activeToken();
	const { data } = await TwoFactor.Enable(client, { password, issuer: "Acme" });
	if (data?.method !== "totp") throw new Error("no totp");
	expect(data.totpURI).toContain("issuer=Acme");
	expect(data.backupCodes).toHaveLength(10);
	expect(browser.activeToken()).toBe(before);
	const verified = await TwoFactor.VerifyTotp(client, { code: totp(data.totpURI) });
	expect(verified.data?.token).toBe(before);
	expect(browser.activeToken()).not.toBe(before);
	expect((await TwoFactor.GetTotpUri(client, { password })).data?.totpURI).toContain("otpauth://");
	expect((await TwoFactor.Disable(client, { password })).data).toEqual({ status: true });
	expect((await TwoFactor.GetTotpUri(client, { password })).error?.code).toBe("TOTP_NOT_ENABLED");
});

test("a backup code works once; one that is only checked signs nobody in", async () => {
	const { backupCodes, browser } = await challenge();
	const client = openIdentityTab(browser);
	const [first = "", second = ""] = backupCodes;
	const checked = await TwoFactor.VerifyBackupCode(client, { code: first, disableSession: true });
	expect(checked.data?.token).toBeUndefined();
	expect((await client.getSession()).data).toBeNull();
	await SignIn.Email(client, credentials);
	expect((await TwoFactor.VerifyBackupCode(client, { code: first })).error?.code).toBe("INVALID_BACKUP_CODE");
	expect((await TwoFactor.VerifyBackupCode(client, { code: second })).data?.token).toBe(browser.activeToken());
	const { data } = await TwoFactor.GenerateBackupCodes(client, { password });
	expect(data?.backupCodes).not.toContain(backupCodes[2]);
});

test("no organization is null, and metadata is an object or the text of one", async () => {
	const { browser, id } = await organize();
	const client = openIdentityTab(browser);
	expect((await Organization.List(client)).data?.[0]?.metadata).toBe('{"floor":3}');
	const update = { data: { metadata: { floor: 4 }, logo: null } };
	expect((await Organization.Update(client, update)).data?.metadata).toEqual({ floor: 4 });
	expect(await Organization.SetActive(client, { organizationId: null })).toEqual({ data: null, error: null });
	expect(await Organization.GetFull(client, {})).toEqual({ data: null, error: null });
	expect((await Organization.SetActive(client, { organizationSlug: "acme" })).data?.id).toBe(id);
	expect((await Organization.GetFull(client, { membersLimit: "1" })).data?.members).toHaveLength(1);
});

test("an organization with teams comes with them", async () => {
	const { organization, multiSession } = await import("better-auth/plugins");
	const { browser, server } = await people([], {
		plugins: [organization({ teams: { enabled: true } }), multiSession()],
	});
	Object.assign(server.db, { team: [], teamMember: [] });
	const client = openIdentityTab(browser);
	await SignUp.Email(client, { name: "Ada", ...credentials });
	await Organization.Create(client, { name: "Acme", slug: "acme" });
	const { data, error } = await Organization.GetFull(client, {});
	expect(error).toBeNull();
	expect(data?.teams?.map(({ name }) => name)).toEqual(["Acme"]);
});

test("members are listed in pages, sorted and filtered", async () => {
	const { browser, member } = await staff();
	const client = openIdentityTab(browser);
	const page = { limit: 1, sortBy: "createdAt" } as const;
	const names = async (query: Parameters<typeof Organization.Members.List>[1]) =>
		(await Organization.Members.List(client, query)).data?.members.map(({ user }) => user.name);
	expect(await names({ ...page, sortDirection: "desc" })).toEqual(["Bob"]);
	expect(await names({ ...page, offset: "1", sortDirection: "desc" })).toEqual(["Ada"]);
	expect(await names({ filterField: "role", filterOperator: "eq", filterValue: "owner" })).toEqual(["Ada"]);
	expect(await names({ filterField: "role", filterOperator: "in", filterValue: ["member", "admin"] })).toEqual(["Bob"]);
	const roles = await Organization.Members.UpdateRole(client, { memberId: member, role: ["admin", "member"] });
	expect(roles.data?.role).toBe("admin,member");
	const removed = await Organization.Members.Remove(client, { memberIdOrEmail: mailOf("Bob") });
	expect(removed.data?.member.id).toBe(member);
	expect((await Organization.Members.List(client, {})).data?.total).toBe(1);
});

test("an invitation is sent again, taken back, rejected and accepted, in two browsers", async () => {
	const { browser, guest, id, server } = await organize();
	const ada = openIdentityTab(browser);
	const bob = openIdentityTab(guest.browser);
	const invite = { email: mailOf("Bob"), role: "member" };
	expect((await Organization.Invitations.Create(ada, invite)).error?.code).toBe(
		"USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION",
	);
	await Organization.Invitations.Create(ada, { ...invite, resend: true });
	const invitationId = () => server.mailed("invitation");
	expect((await Organization.Invitations.Get(bob, { id: invitationId() })).data).toMatchObject({
		organizationName: "Acme",
		inviterEmail: mailOf("Ada"),
	});
	expect((await Organization.Invitations.Cancel(ada, { invitationId: invitationId() })).data?.status).toBe("canceled");
	await Organization.Invitations.Create(ada, invite);
	const rejected = await Organization.Invitations.Reject(bob, { invitationId: invitationId() });
	expect(rejected.data).toMatchObject({ member: null, invitation: { status: "rejected" } });
	await Organization.Invitations.Create(ada, invite);
	const accepted = await Organization.Invitations.Accept(bob, { invitationId: invitationId() });
	expect(accepted.data).toMatchObject({ member: { organizationId: id, role: "member" } });
	const { data } = await Organization.Invitations.List(ada, {});
	expect(data?.map(({ status }) => status).sort()).toEqual(["accepted", "canceled", "rejected"]);
	expect((await Organization.Members.GetActive(bob)).data?.user.email).toBe(mailOf("Bob"));
	expect((await Organization.HasPermission(bob, { permissions: { invitation: ["create"] } })).data).toMatchObject({
		success: false,
		error: null,
	});
	expect((await Organization.Leave(bob, { organizationId: id })).data?.user.name).toBe("Bob");
});

test("of two accounts on a device, two-factor of the one says nothing of the other", async () => {
	const scene = await enrol(await people(["Grace", "Ada"]));
	const client = openIdentityTab(scene.browser);
	expect((await SignIn.Email(client, { email: mailOf("Grace"), password })).data).toMatchObject({ redirect: false });
	expect((await SignIn.Email(client, credentials)).data).toMatchObject({ twoFactorRedirect: true });
});
