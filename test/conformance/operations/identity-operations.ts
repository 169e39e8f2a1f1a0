import {
	EmailVerification,
	type OperationErrorKind,
	type OperationOptions,
	Organization,
	Password,
	type Result,
	SignIn,
	SignUp,
	TwoFactor,
} from "../../../src/index.js";
import { createIdentityServer, type IdentityTab, openIdentityTab } from "../../support/identity-server.js";
import { createBrowser, password } from "../../support/real-server.js";
import {
	challenge,
	elsewhere,
	enrol,
	mailOf,
	must,
	organize,
	people,
	type Scene,
	staff,
} from "../../support/scenes.js";
import { totp } from "../../support/totp.js";

/** A device where an operation succeeds with what is `sent`. */
type Ready = Scene & { readonly sent: string };

/** What the operations have in common is asked of each of them. */
export interface EveryOperation {
	/** Where it is found: `"Organization.Members.List"`. */
	readonly name: string;
	/** As `error.operation` says it. */
	readonly operation: string;
	readonly path: string;
	/** Changes something on the server: an unreadable answer says `applied`. */
	readonly mutates: boolean;
	/** The session signal is fired after a success, by Better Auth or by the operation. */
	readonly signals: boolean;
	/** `sent` is in the payload. */
	readonly sends: boolean;
	/** Goes out as GET, so that the server asks nobody where the request comes from. */
	readonly gets: boolean;
	/** Null is an answer. */
	readonly nullable: boolean;
	/** `sent` is the one string in the payload that a test chooses: a token, a code, an id, or an address to come back to. */
	run(client: IdentityTab, sent: string, options?: OperationOptions): Promise<Result<unknown>>;
	ready(): Promise<Ready>;
	/** A device where the real server refuses it, and as what. Null: it refuses to nobody. */
	readonly refusal: {
		readonly kind: OperationErrorKind;
		readonly status: number;
		readonly code?: string;
		ready(): Promise<Ready>;
	} | null;
	/** What is required of an answer, by path; `[]` is the first of a list. */
	readonly required: readonly string[];
	/** What the operation says where an older server leaves it out. */
	readonly filled?: object;
}

type Short = Pick<EveryOperation, "name" | "operation" | "path" | "run" | "ready" | "refusal" | "filled"> & {
	readonly required: string;
	/** `m`: mutates, `s`: signals, `g`: gets, `n`: null is an answer, `-`: nothing of the payload is chosen. */
	readonly traits: string;
};

export const declare = ({ traits, required, ...rest }: Short): EveryOperation => ({
	...rest,
	required: required.split(/\s+/).filter(Boolean),
	mutates: traits.includes("m"),
	signals: traits.includes("s"),
	gets: traits.includes("g"),
	nullable: traits.includes("n"),
	sends: !traits.includes("-"),
});

const under = (prefix: string, fields: string) =>
	`${prefix} ${fields
		.split(" ")
		.map((field) => `${prefix}.${field}`)
		.join(" ")}`;
const userFields = "id name email emailVerified createdAt updatedAt";
const user = under("user", userFields);
const organizationFields = "id name slug createdAt";
const memberFields = "id organizationId userId role createdAt";
const memberUser = "user user.id user.name user.email";
const invitationFields = "id organizationId email role status inviterId expiresAt createdAt";
const each = (list: string, fields: string) =>
	fields
		.split(" ")
		.map((field) => `${list}[].${field}`)
		.join(" ");

const ada = mailOf("Ada");
const newPassword = "another horse battery staple";

/** The same device, with something else in the payload. */
const wrong =
	(ready: () => Promise<Ready>, sent = "wrong") =>
	async () => ({ ...(await ready()), sent });
const nobody = async (): Promise<Ready> => {
	const server = createIdentityServer();
	return { server, browser: createBrowser(server), sent: "sent" };
};
const refused = (
	kind: OperationErrorKind,
	status: number,
	code: string | undefined,
	ready: () => Promise<Ready>,
): EveryOperation["refusal"] => ({ kind, status, ...(code && { code }), ready });

const unauthorized = refused("unauthorized", 401, undefined, nobody);
const signedIn = async () => ({ ...(await people(["Ada"])), sent: password });
const withTwoFactor = async () => ({ ...(await enrol(await people(["Ada"]))), sent: password });
const withTotp = async () => {
	const scene = await challenge();
	return { ...scene, sent: totp(scene.uri) };
};
const withOtp = async () => {
	const scene = await challenge();
	await must(openIdentityTab(scene.browser).twoFactor.sendOtp({}));
	return { ...scene, sent: scene.server.mailed("otp") };
};
const withBackupCode = async () => {
	const scene = await challenge();
	return { ...scene, sent: scene.backupCodes[0] ?? "" };
};
const withResetToken = async () => {
	const scene = await people(["Ada"]);
	await must(openIdentityTab(scene.browser).requestPasswordReset({ email: ada }));
	return { ...scene, sent: scene.server.mailed("reset") };
};
const withVerificationToken = async () => {
	const scene = await people(["Ada"]);
	await must(openIdentityTab(scene.browser).sendVerificationEmail({ email: ada }));
	return { ...scene, sent: scene.server.mailed("verification") };
};
const ofAcme = async () => {
	const scene = await organize();
	return { ...scene, sent: scene.id };
};
const asStaff = async () => {
	const scene = await staff();
	return { ...scene, browser: scene.guest.browser, sent: scene.id };
};
const ofBob = async () => {
	const scene = await staff();
	return { ...scene, sent: scene.member };
};
const invited = async () => {
	const scene = await organize();
	return { ...scene, browser: scene.guest.browser, sent: scene.invitation };
};
/** Somebody whom nobody has invited to anything. */
const stranger = async () => {
	const scene = await organize();
	return { ...scene, ...(await elsewhere(scene, "Eve")), sent: scene.invitation };
};

export const identityOperations: readonly EveryOperation[] = [
	declare({
		name: "SignIn.Email",
		operation: "signIn.email",
		path: "/sign-in/email",
		traits: "ms",
		run: (client, sent, options) => SignIn.Email(client, { email: ada, password: sent }, options),
		ready: signedIn,
		refusal: refused("unauthorized", 401, "INVALID_EMAIL_OR_PASSWORD", wrong(signedIn)),
		required: `redirect token ${user}`,
	}),
	declare({
		name: "SignUp.Email",
		operation: "signUp.email",
		path: "/sign-up/email",
		traits: "ms",
		run: (client, sent, options) =>
			SignUp.Email(client, { name: "Eve", email: mailOf("Eve"), password: sent }, options),
		ready: signedIn,
		refusal: refused("rejected", 422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", async () => ({
			...(await people(["Eve"])),
			sent: password,
		})),
		required: `token ${user}`,
	}),
	declare({
		name: "Password.Change",
		operation: "changePassword",
		path: "/change-password",
		traits: "ms",
		run: (client, sent, options) => Password.Change(client, { currentPassword: sent, newPassword }, options),
		ready: signedIn,
		refusal: refused("rejected", 400, "INVALID_PASSWORD", wrong(signedIn)),
		required: `token ${user}`,
	}),
	declare({
		name: "Password.Forgot",
		operation: "requestPasswordReset",
		path: "/request-password-reset",
		traits: "m",
		run: (client, sent, options) => Password.Forgot(client, { email: ada, redirectTo: sent }, options),
		ready: async () => ({ ...(await people(["Ada"])), sent: "/reset" }),
		refusal: refused("rejected", 400, "RESET_PASSWORD_DISABLED", async () => ({
			// Safe: a server without the function that sends the mail.
			...(await people(["Ada"], { emailAndPassword: { enabled: true, sendResetPassword: undefined as never } })),
			sent: "/reset",
		})),
		required: "status message",
	}),
	declare({
		name: "Password.Reset",
		operation: "resetPassword",
		path: "/reset-password",
		traits: "m",
		run: (client, sent, options) => Password.Reset(client, { newPassword, token: sent }, options),
		ready: withResetToken,
		refusal: refused("rejected", 400, "INVALID_TOKEN", wrong(withResetToken)),
		required: "status",
	}),
	declare({
		name: "EmailVerification.Send",
		operation: "sendVerificationEmail",
		path: "/send-verification-email",
		traits: "m",
		run: (client, sent, options) => EmailVerification.Send(client, { email: ada, callbackURL: sent }, options),
		ready: async () => ({ ...(await people(["Ada"])), sent: "/welcome" }),
		refusal: refused("rejected", 400, "EMAIL_MISMATCH", async () => ({ ...(await people(["Eve"])), sent: "/" })),
		required: "status",
	}),
	declare({
		name: "EmailVerification.Verify",
		operation: "verifyEmail",
		path: "/verify-email",
		traits: "msg",
		run: (client, sent, options) => EmailVerification.Verify(client, { token: sent }, options),
		ready: withVerificationToken,
		refusal: refused("unauthorized", 401, "INVALID_TOKEN", wrong(withVerificationToken)),
		required: "status",
	}),
	declare({
		name: "TwoFactor.Enable",
		operation: "twoFactor.enable",
		path: "/two-factor/enable",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.Enable(client, { password: sent }, options),
		ready: signedIn,
		refusal: refused("rejected", 400, "INVALID_PASSWORD", wrong(signedIn)),
		required: "totpURI backupCodes",
		// Better Auth 1.6 knows no other method, and names none.
		filled: { method: "totp" },
	}),
	declare({
		name: "TwoFactor.Disable",
		operation: "twoFactor.disable",
		path: "/two-factor/disable",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.Disable(client, { password: sent }, options),
		ready: withTwoFactor,
		refusal: refused("rejected", 400, "INVALID_PASSWORD", wrong(withTwoFactor)),
		required: "status",
	}),
	declare({
		name: "TwoFactor.GetTotpUri",
		operation: "twoFactor.getTotpUri",
		path: "/two-factor/get-totp-uri",
		traits: "s",
		run: (client, sent, options) => TwoFactor.GetTotpUri(client, { password: sent }, options),
		ready: withTwoFactor,
		refusal: refused("rejected", 400, "TOTP_NOT_ENABLED", signedIn),
		required: "totpURI",
	}),
	declare({
		name: "TwoFactor.VerifyTotp",
		operation: "twoFactor.verifyTotp",
		path: "/two-factor/verify-totp",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.VerifyTotp(client, { code: sent }, options),
		ready: withTotp,
		refusal: refused("unauthorized", 401, "INVALID_CODE", wrong(withTotp)),
		required: `token ${user}`,
	}),
	declare({
		name: "TwoFactor.SendOtp",
		operation: "twoFactor.sendOtp",
		path: "/two-factor/send-otp",
		traits: "ms-",
		run: (client, _, options) => TwoFactor.SendOtp(client, {}, options),
		ready: async () => ({ ...(await challenge()), sent: "" }),
		refusal: refused("unauthorized", 401, "INVALID_TWO_FACTOR_COOKIE", nobody),
		required: "status",
	}),
	declare({
		name: "TwoFactor.VerifyOtp",
		operation: "twoFactor.verifyOtp",
		path: "/two-factor/verify-otp",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.VerifyOtp(client, { code: sent, trustDevice: true }, options),
		ready: withOtp,
		refusal: refused("unauthorized", 401, "INVALID_CODE", wrong(withOtp)),
		required: `token ${user}`,
	}),
	declare({
		name: "TwoFactor.GenerateBackupCodes",
		operation: "twoFactor.generateBackupCodes",
		path: "/two-factor/generate-backup-codes",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.GenerateBackupCodes(client, { password: sent }, options),
		ready: withTwoFactor,
		refusal: refused("rejected", 400, "INVALID_PASSWORD", wrong(withTwoFactor)),
		required: "status backupCodes",
	}),
	declare({
		name: "TwoFactor.VerifyBackupCode",
		operation: "twoFactor.verifyBackupCode",
		path: "/two-factor/verify-backup-code",
		traits: "ms",
		run: (client, sent, options) => TwoFactor.VerifyBackupCode(client, { code: sent }, options),
		ready: withBackupCode,
		refusal: refused("unauthorized", 401, "INVALID_BACKUP_CODE", wrong(withBackupCode)),
		required: user,
	}),
	declare({
		name: "Organization.Create",
		operation: "organization.create",
		path: "/organization/create",
		traits: "ms",
		run: (client, sent, options) => Organization.Create(client, { name: "Acme", slug: sent }, options),
		ready: async () => ({ ...(await people(["Ada"])), sent: "acme" }),
		refusal: refused("rejected", 400, "ORGANIZATION_ALREADY_EXISTS", wrong(ofAcme, "acme")),
		required: `${organizationFields} members ${each("members", memberFields)}`,
	}),
	declare({
		name: "Organization.Update",
		operation: "organization.update",
		path: "/organization/update",
		traits: "m",
		run: (client, sent, options) => Organization.Update(client, { data: { slug: sent } }, options),
		ready: wrong(ofAcme, "acme-and-sons"),
		refusal: refused("unauthorized", 401, undefined, nobody),
		required: organizationFields,
	}),
	declare({
		name: "Organization.Delete",
		operation: "organization.delete",
		path: "/organization/delete",
		traits: "ms",
		run: (client, sent, options) => Organization.Delete(client, { organizationId: sent }, options),
		ready: ofAcme,
		refusal: refused("forbidden", 403, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION", asStaff),
		required: organizationFields,
	}),
	declare({
		name: "Organization.List",
		operation: "organization.list",
		path: "/organization/list",
		traits: "g-",
		run: (client, _, options) => Organization.List(client, options),
		ready: ofAcme,
		refusal: unauthorized,
		required: organizationFields
			.split(" ")
			.map((field) => `[].${field}`)
			.join(" "),
	}),
	declare({
		name: "Organization.GetFull",
		operation: "organization.getFullOrganization",
		path: "/organization/get-full-organization",
		traits: "gn",
		run: (client, sent, options) => Organization.GetFull(client, { organizationId: sent }, options),
		ready: ofAcme,
		refusal: refused("rejected", 400, "ORGANIZATION_NOT_FOUND", wrong(ofAcme)),
		required: `${organizationFields} members ${each("members", `${memberFields} ${memberUser}`)} invitations ${each("invitations", invitationFields)}`,
	}),
	declare({
		name: "Organization.SetActive",
		operation: "organization.setActive",
		path: "/organization/set-active",
		traits: "msn",
		run: (client, sent, options) => Organization.SetActive(client, { organizationId: sent }, options),
		ready: ofAcme,
		refusal: refused("forbidden", 403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION", wrong(ofAcme)),
		required: organizationFields,
	}),
	declare({
		name: "Organization.CheckSlug",
		operation: "organization.checkSlug",
		path: "/organization/check-slug",
		traits: "",
		run: (client, sent, options) => Organization.CheckSlug(client, { slug: sent }, options),
		ready: wrong(ofAcme, "free"),
		refusal: refused("rejected", 400, "ORGANIZATION_SLUG_ALREADY_TAKEN", wrong(ofAcme, "acme")),
		required: "status",
	}),
	declare({
		name: "Organization.Leave",
		operation: "organization.leave",
		path: "/organization/leave",
		traits: "ms",
		run: (client, sent, options) => Organization.Leave(client, { organizationId: sent }, options),
		ready: asStaff,
		refusal: refused("rejected", 400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER", ofAcme),
		required: `${memberFields} ${memberUser}`,
	}),
	declare({
		name: "Organization.HasPermission",
		operation: "organization.hasPermission",
		path: "/organization/has-permission",
		traits: "",
		run: (client, sent, options) =>
			Organization.HasPermission(client, { permissions: { organization: [sent] } }, options),
		ready: wrong(ofAcme, "update"),
		refusal: unauthorized,
		required: "success",
	}),
	declare({
		name: "Organization.Members.List",
		operation: "organization.listMembers",
		path: "/organization/list-members",
		traits: "g",
		run: (client, sent, options) =>
			Organization.Members.List(client, { organizationId: sent, limit: 5, sortBy: "createdAt" }, options),
		ready: ofAcme,
		refusal: refused("forbidden", 403, "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION", wrong(ofAcme)),
		required: `members total ${each("members", `${memberFields} ${memberUser}`)}`,
	}),
	declare({
		name: "Organization.Members.Remove",
		operation: "organization.removeMember",
		path: "/organization/remove-member",
		traits: "ms",
		run: (client, sent, options) => Organization.Members.Remove(client, { memberIdOrEmail: sent }, options),
		ready: ofBob,
		refusal: refused("rejected", 400, "MEMBER_NOT_FOUND", wrong(ofBob)),
		required: under("member", memberFields),
	}),
	declare({
		name: "Organization.Members.UpdateRole",
		operation: "organization.updateMemberRole",
		path: "/organization/update-member-role",
		traits: "m",
		run: (client, sent, options) =>
			Organization.Members.UpdateRole(client, { memberId: sent, role: ["admin", "member"] }, options),
		ready: ofBob,
		refusal: refused("rejected", 400, "MEMBER_NOT_FOUND", wrong(ofBob)),
		required: memberFields,
	}),
	declare({
		name: "Organization.Members.GetActive",
		operation: "organization.getActiveMember",
		path: "/organization/get-active-member",
		traits: "g-",
		run: (client, _, options) => Organization.Members.GetActive(client, options),
		ready: ofAcme,
		refusal: refused("rejected", 400, "NO_ACTIVE_ORGANIZATION", signedIn),
		required: `${memberFields} ${memberUser}`,
	}),
	declare({
		name: "Organization.Invitations.List",
		operation: "organization.listInvitations",
		path: "/organization/list-invitations",
		traits: "g",
		run: (client, sent, options) => Organization.Invitations.List(client, { organizationId: sent }, options),
		ready: ofAcme,
		refusal: refused("forbidden", 403, undefined, wrong(ofAcme)),
		required: invitationFields
			.split(" ")
			.map((field) => `[].${field}`)
			.join(" "),
	}),
	declare({
		name: "Organization.Invitations.Create",
		operation: "organization.inviteMember",
		path: "/organization/invite-member",
		traits: "m",
		run: (client, sent, options) =>
			Organization.Invitations.Create(client, { email: mailOf("Eve"), role: ["admin", sent] }, options),
		ready: wrong(ofAcme, "member"),
		refusal: refused(
			"forbidden",
			403,
			"YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION",
			wrong(asStaff, "member"),
		),
		required: invitationFields,
	}),
	declare({
		name: "Organization.Invitations.Get",
		operation: "organization.getInvitation",
		path: "/organization/get-invitation",
		traits: "g",
		run: (client, sent, options) => Organization.Invitations.Get(client, { id: sent }, options),
		ready: invited,
		refusal: refused("forbidden", 403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION", stranger),
		required: `${invitationFields} organizationName organizationSlug inviterEmail`,
	}),
	declare({
		name: "Organization.Invitations.Accept",
		operation: "organization.acceptInvitation",
		path: "/organization/accept-invitation",
		traits: "ms",
		run: (client, sent, options) => Organization.Invitations.Accept(client, { invitationId: sent }, options),
		ready: invited,
		refusal: refused("forbidden", 403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION", stranger),
		required: `${under("invitation", invitationFields)} ${under("member", memberFields)}`,
	}),
	declare({
		name: "Organization.Invitations.Reject",
		operation: "organization.rejectInvitation",
		path: "/organization/reject-invitation",
		traits: "m",
		run: (client, sent, options) => Organization.Invitations.Reject(client, { invitationId: sent }, options),
		ready: invited,
		refusal: refused("rejected", 400, "INVITATION_NOT_FOUND", wrong(invited)),
		required: `member ${under("invitation", invitationFields)}`,
	}),
	declare({
		name: "Organization.Invitations.Cancel",
		operation: "organization.cancelInvitation",
		path: "/organization/cancel-invitation",
		traits: "m",
		run: (client, sent, options) => Organization.Invitations.Cancel(client, { invitationId: sent }, options),
		ready: async () => {
			const scene = await organize();
			return { ...scene, sent: scene.invitation };
		},
		refusal: refused("rejected", 400, "INVITATION_NOT_FOUND", wrong(ofAcme)),
		required: invitationFields,
	}),
];
