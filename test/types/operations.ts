import { betterAuth } from "better-auth";
import { createAuthClient } from "better-auth/client";
import {
	inferAdditionalFields,
	inferOrgAdditionalFields,
	multiSessionClient,
	organizationClient,
	twoFactorClient,
} from "better-auth/client/plugins";
import { createAuthClient as react } from "better-auth/react";
import {
	Core,
	EmailVerification,
	MultiSession,
	Organization,
	Password,
	SignIn,
	SignUp,
	TwoFactor,
} from "device-sessions";

// Compiled with the rest, never run: what the operations take and answer, and what the compiler tells a user.

const client = createAuthClient({
	plugins: [
		multiSessionClient(),
		twoFactorClient(),
		organizationClient({
			schema: inferOrgAdditionalFields({
				organization: { additionalFields: { plan: { type: "string" } } },
				member: { additionalFields: { desk: { type: "number" } } },
				invitation: { additionalFields: { note: { type: "string" } } },
			}),
		}),
		inferAdditionalFields({ user: { shoeSize: { type: "number" } }, session: { theme: { type: "string" } } }),
	],
});

/** A sign-in answers a user or a challenge, and the compiler wants to know which. */
const signedIn = await SignIn.Email(client, { email: "ada@example.com", password: "…" });
if (signedIn.data?.twoFactorRedirect) {
	signedIn.data.twoFactorMethods satisfies string[];
} else if (signedIn.data) {
	signedIn.data.token satisfies string;
	signedIn.data.url satisfies string | null | undefined;
	signedIn.data.user.shoeSize satisfies number;
}
// @ts-expect-error no user in a challenge
signedIn.data?.user.name;

const signedUp = await SignUp.Email(client, { name: "", email: "ada@example.com", password: "…", shoeSize: 38 });
signedUp.data?.token satisfies string | null | undefined;
// @ts-expect-error it may be null
signedUp.data?.token satisfies string | undefined;
signedUp.data?.user.shoeSize satisfies number | undefined;

const enabled = await TwoFactor.Enable(client, { password: "…", method: "totp" });
if (enabled.data?.method === "totp") enabled.data.backupCodes satisfies string[];
if (enabled.data?.method === "otp") {
	// @ts-expect-error nothing to show
	enabled.data.totpURI satisfies string;
}
// @ts-expect-error a method that does not exist
TwoFactor.Enable(client, { password: "…", method: "sms" });
(await TwoFactor.VerifyBackupCode(client, { code: "…" })).data?.token satisfies string | null | undefined;
(await TwoFactor.VerifyTotp(client, { code: "…" })).data?.user.shoeSize satisfies number | undefined;
(await EmailVerification.Verify(client, { token: "…" })).data?.user?.shoeSize satisfies number | undefined;

/** Organizations carry their own columns, wherever they are in an answer. */
const full = (await Organization.GetFull(client, {})).data;
full?.plan satisfies string | undefined;
full?.members[0]?.desk satisfies number | undefined;
full?.invitations[0]?.note satisfies string | undefined;
full?.invitations[0]?.status satisfies "pending" | "accepted" | "rejected" | "canceled" | undefined;
full?.metadata satisfies string | { [field: string]: unknown } | null | undefined;
(await Organization.List(client)).data?.[0]?.plan satisfies string | undefined;
(await Organization.SetActive(client, { organizationId: null })).data?.plan satisfies string | undefined;
Organization.SetActive(client, { organizationSlug: "acme" });
// @ts-expect-error neither named nor null
Organization.SetActive(client, {});
(await Organization.Members.List(client, { limit: 1, sortDirection: "asc" })).data?.members[0]?.user.name satisfies
	| string
	| undefined;
(await Organization.Invitations.Reject(client, { invitationId: "…" })).data?.member satisfies null | undefined;
(await Organization.Invitations.Accept(client, { invitationId: "…" })).data?.member.desk satisfies number | undefined;

/** So do the rows of the other modules. */
(await MultiSession.ListSessions(client)).data?.[0]?.session.theme satisfies string | undefined;
(await Core.GetSession(client)).data?.user.shoeSize satisfies number | undefined;
(await MultiSession.SetActive(client, { sessionToken: "…" })).data?.user.shoeSize satisfies number | undefined;

/** Whatever framework the client is for, and where nothing is known of it. */
const plain = react({ plugins: [multiSessionClient()], fetchOptions: { throw: true } });
(await Core.GetSession(plain)).data?.user.name satisfies string | undefined;
(await Password.Change(plain, { currentPassword: "…", newPassword: "…" })).data?.user.name satisfies string | undefined;
// @ts-expect-error a client without organizationClient()
Organization.List(plain);
// @ts-expect-error a client without twoFactorClient()
TwoFactor.SendOtp(plain, {});

/** For server code alone. */
(await Password.Set(betterAuth({}), { newPassword: "…" }, { fetchOptions: { headers: new Headers() } })).data
	?.status satisfies boolean | undefined;

/** What may be left out altogether is left out with the payload, with options as the third argument, too. */
Core.SignOut(plain);
Core.SignOut(plain, undefined, { fetchOptions: {} });
Organization.Members.List(client);
Organization.Invitations.List(client, undefined, { fetchOptions: {} });
TwoFactor.SendOtp(client);
// @ts-expect-error a payload with a part that is asked for
MultiSession.SetActive(plain);
