import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { SignIn } from "../../../src/index.js";
import { createIdentityServer, openIdentityTab } from "../../support/identity-server.js";
import { createBrowser } from "../../support/real-server.js";
import { declared } from "./declared.js";
import { browserWithoutServer, type EveryOperation, everyOperation, everythingIn } from "./every-operation.js";

const marker = "a-misplaced-secret";
const id = ["organizationId"];

/** Of each operation a payload that is good, which fields of it may be left out, and which may not be empty. */
const payloads: Record<string, { good: object; optional?: readonly string[]; mayBeEmpty?: readonly string[] }> = {
	"MultiSession.SetActive": { good: { sessionToken: "t" } },
	"MultiSession.Revoke": { good: { sessionToken: "t" } },
	"Core.SignOut": {
		good: { disableRedirect: true, callbackURL: "/" },
		optional: ["disableRedirect", "callbackURL"],
		mayBeEmpty: ["callbackURL"],
	},
	"Core.RevokeSession": { good: { token: "t" } },
	"SignIn.Email": {
		good: { email: "ada@example.com", password: "p", rememberMe: true, callbackURL: "/" },
		optional: ["rememberMe", "callbackURL"],
		mayBeEmpty: ["callbackURL"],
	},
	"SignUp.Email": {
		good: { name: "Ada", email: "ada@example.com", password: "p", image: "i", callbackURL: "/", rememberMe: false },
		optional: ["image", "callbackURL", "rememberMe"],
		mayBeEmpty: ["name", "image", "callbackURL"],
	},
	"Password.Change": {
		good: { currentPassword: "p", newPassword: "q", revokeOtherSessions: true },
		optional: ["revokeOtherSessions"],
	},
	"Password.Forgot": {
		good: { email: "ada@example.com", redirectTo: "/" },
		optional: ["redirectTo"],
		mayBeEmpty: ["redirectTo"],
	},
	"Password.Reset": { good: { newPassword: "p", token: "t" } },
	"Password.Set": { good: { newPassword: "p" } },
	"EmailVerification.Send": {
		good: { email: "ada@example.com", callbackURL: "/" },
		optional: ["callbackURL"],
		mayBeEmpty: ["callbackURL"],
	},
	"EmailVerification.Verify": { good: { token: "t" } },
	"TwoFactor.Enable": {
		good: { password: "p", method: "totp", issuer: "i" },
		optional: ["method", "issuer"],
		mayBeEmpty: ["issuer"],
	},
	"TwoFactor.Disable": { good: { password: "p" } },
	"TwoFactor.GetTotpUri": { good: { password: "p" } },
	"TwoFactor.VerifyTotp": { good: { code: "1", trustDevice: true }, optional: ["trustDevice"] },
	"TwoFactor.SendOtp": { good: { trustDevice: true }, optional: ["trustDevice"] },
	"TwoFactor.VerifyOtp": { good: { code: "1", trustDevice: true }, optional: ["trustDevice"] },
	"TwoFactor.GenerateBackupCodes": { good: { password: "p" } },
	"TwoFactor.VerifyBackupCode": {
		good: { code: "1", trustDevice: true, disableSession: true },
		optional: ["trustDevice", "disableSession"],
	},
	"Organization.Create": {
		good: { name: "Acme", slug: "acme", logo: "l", metadata: { floor: 3 }, keepCurrentActiveOrganization: true },
		optional: ["logo", "metadata", "keepCurrentActiveOrganization"],
		mayBeEmpty: ["logo"],
	},
	"Organization.Update": { good: { organizationId: "o", data: { name: "Acme" } }, optional: id },
	"Organization.Delete": { good: { organizationId: "o" } },
	"Organization.GetFull": {
		good: { organizationId: "o", organizationSlug: "s", membersLimit: 3 },
		optional: ["organizationId", "organizationSlug", "membersLimit"],
	},
	"Organization.SetActive": { good: { organizationId: "o" } },
	"Organization.CheckSlug": { good: { slug: "s" }, mayBeEmpty: ["slug"] },
	"Organization.Leave": { good: { organizationId: "o" } },
	"Organization.HasPermission": { good: { permissions: { member: ["create"] }, organizationId: "o" }, optional: id },
	"Organization.Members.List": {
		good: {
			organizationId: "o",
			organizationSlug: "s",
			limit: 1,
			offset: "1",
			sortBy: "createdAt",
			sortDirection: "asc",
			filterField: "role",
			filterOperator: "not_in",
			filterValue: ["owner"],
		},
		optional: [
			"organizationId",
			"organizationSlug",
			"limit",
			"offset",
			"sortBy",
			"sortDirection",
			"filterField",
			"filterOperator",
			"filterValue",
		],
		mayBeEmpty: ["offset"],
	},
	"Organization.Members.Remove": { good: { memberIdOrEmail: "m", organizationId: "o" }, optional: id },
	"Organization.Members.UpdateRole": { good: { memberId: "m", role: ["a", "b"], organizationId: "o" }, optional: id },
	"Organization.Invitations.List": { good: { organizationId: "o" }, optional: id },
	"Organization.Invitations.Create": {
		good: { email: "ada@example.com", role: "member", organizationId: "o", resend: true },
		optional: ["organizationId", "resend"],
	},
	"Organization.Invitations.Get": { good: { id: "i" } },
	"Organization.Invitations.Accept": { good: { invitationId: "i" } },
	"Organization.Invitations.Reject": { good: { invitationId: "i" } },
	"Organization.Invitations.Cancel": { good: { invitationId: "i" } },
};

/** Those with a payload of theirs, what a good one is, and how to hand over any other. */
const withPayload = [...everyOperation, { name: "Password.Set", operation: "setPassword" }].flatMap(
	({ name, operation }) => {
		const found = declared(name);
		const payload = payloads[name];
		if (!found.payload) return [];
		if (!payload) throw new Error(`nothing is known of the payload of ${name}`);
		// Safe: what is in the namespaces is callable; what is handed over is bad on purpose.
		const run = found as unknown as (client: unknown, payload: unknown) => ReturnType<EveryOperation["run"]>;
		return [{ name, operation, schema: found.payload, run, optional: [], mayBeEmpty: [], ...payload }];
	},
);

describe.each(withPayload)("the payload of $name", ({ operation, run, schema, good, optional, mayBeEmpty }) => {
	async function refused(payload: unknown, path: string) {
		const browser = browserWithoutServer();
		const { data, error } = await run(openIdentityTab(browser), payload);
		expect(browser.requests).toEqual([]);
		expect(data).toBeNull();
		if (!error) throw new Error(`${JSON.stringify(payload)} is not refused`);
		expect(error).toMatchObject({ kind: "invalid-input", operation });
		expect(error.issues?.map((issue) => issue.path)).toContain(path);
		expect(error.message).toContain(path);
		expect(everythingIn(error)).not.toContain(marker);
	}

	test("is taken, and without what may be left out as well", () => {
		expect(v.is(schema, good)).toBe(true);
		const kept = Object.entries(good).filter(([field]) => !optional.includes(field));
		expect(v.is(schema, Object.fromEntries(kept))).toBe(true);
	});

	test.each(Object.keys(good))(
		"%s is refused where it is of another type, or missing where it is needed",
		async (field) => {
			await refused(
				{ ...good, [field]: { marker: [marker] } },
				field === "permissions" ? "permissions.marker.0" : field,
			).catch(
				// An object of any form is what these take.
				(fault: unknown) => {
					if (!["data", "metadata", "permissions"].includes(field)) throw fault;
				},
			);
			await refused({ ...good, [field]: Symbol(marker) }, field);
			const rest = Object.fromEntries(Object.entries(good).filter(([key]) => key !== field));
			if (!optional.includes(field)) await refused(rest, field);
		},
	);

	const texts = Object.entries(good).filter(([, value]) => typeof value === "string");

	test.each(texts)("%s is refused where it is empty, unless the server takes that", async (field) => {
		if (mayBeEmpty.includes(field)) expect(v.is(schema, { ...good, [field]: "" })).toBe(true);
		else await refused({ ...good, [field]: "" }, field);
	});

	test.each([undefined, null, marker, 42])(
		"is refused where it is %s, unless all of it may be left out",
		async (payload) => {
			if (payload === undefined && v.is(schema, {})) return;
			await refused(payload, "");
		},
	);
});

test.each([
	["a role that is empty", "Organization.Members.UpdateRole", { memberId: "m", role: [""] }],
	["no role at all", "Organization.Members.UpdateRole", { memberId: "m", role: [] }],
	["a role that is no text", "Organization.Invitations.Create", { email: "ada@example.com", role: [42] }],
	["metadata in a list", "Organization.Create", { name: "n", slug: "s", metadata: [] }],
	["an empty name among the data", "Organization.Update", { data: { name: "" } }],
	["no organization to make active", "Organization.SetActive", {}],
	["an operator that the server does not know", "Organization.Members.List", { filterOperator: "like" }],
	["a method that the server does not know", "TwoFactor.Enable", { password: "p", method: "sms" }],
])("%s is refused", (_, name, payload) => {
	expect(v.is(declared(name).payload as v.GenericSchema, payload)).toBe(false);
});

test("no organization at all may be made active, by null", () => {
	expect(v.is(declared("Organization.SetActive").payload as v.GenericSchema, { organizationId: null })).toBe(true);
});

test.each([
	"ada@example.com",
	"a@b.co",
	"ADA@EXAMPLE.COM",
	"ada.lovelace+news@mail.example.co.uk",
	"o'brien@example.com",
	"_ada-@example.com",
	"1@1.com",
	"ada@ex-ample.com",
	"ada@example-.com",
	"",
	" ",
	"ada",
	"ada@",
	"@example.com",
	"ada@example",
	"ada@example.c",
	"ada@example.c1",
	"ada@-example.com",
	"ada@.example.com",
	"ada@example..com",
	"ada..lovelace@example.com",
	".ada@example.com",
	"ada.@example.com",
	"ada'@example.com",
	"ada lovelace@example.com",
	" ada@example.com",
	"ada@example.com ",
	"ada@example.com\n",
	"ada@@example.com",
	"ada@exam_ple.com",
	"adä@example.com",
	"ada@exämple.com",
	'"ada"@example.com',
	"ada@[127.0.0.1]",
	"<ada@example.com>",
	"ada@example.com,eve@example.com",
])("%j is an e-mail address if the server takes it for one", async (email) => {
	const browser = createBrowser(createIdentityServer());
	const tab = openIdentityTab(browser);
	const { error } = await tab.signIn.email({ email, password: "p" });
	expect(["INVALID_EMAIL", "INVALID_EMAIL_OR_PASSWORD"]).toContain(error?.code);
	const ours = await SignIn.Email(tab, { email, password: "p" });
	expect(ours.error?.kind).toBe(error?.code === "INVALID_EMAIL" ? "invalid-input" : "unauthorized");
});
