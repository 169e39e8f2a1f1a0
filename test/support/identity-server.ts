import { createAuthClient } from "better-auth/client";
import { multiSessionClient, organizationClient, twoFactorClient } from "better-auth/client/plugins";
import { multiSession, organization, twoFactor } from "better-auth/plugins";
import { type Browser, createRealServer, emailAndPassword } from "./real-server.js";

/** A mail that the server would have sent. `secret` is what it is sent for: a token, a code or an invitation's id. */
export interface Mail {
	readonly to: string;
	readonly about: "reset" | "verification" | "otp" | "invitation";
	readonly secret: string;
}

/** A real server with every plugin that the operations know, whose mails are caught in memory. */
export function createIdentityServer({
	emailAndPassword: more,
	...options
}: Parameters<typeof createRealServer>[0] = {}) {
	const mails: Mail[] = [];
	const server = createRealServer({
		emailAndPassword: {
			...emailAndPassword,
			sendResetPassword: async ({ user, token }) => void mails.push({ to: user.email, about: "reset", secret: token }),
			...more,
		},
		emailVerification: {
			sendVerificationEmail: async ({ user, token }) =>
				void mails.push({ to: user.email, about: "verification", secret: token }),
		},
		plugins: [
			twoFactor({
				otpOptions: {
					sendOTP: async ({ user, otp }) => void mails.push({ to: user.email, about: "otp", secret: otp }),
				},
			}),
			organization({
				sendInvitationEmail: async ({ email, id }) => void mails.push({ to: email, about: "invitation", secret: id }),
			}),
			multiSession(),
		],
		...options,
	});
	Object.assign(server.db, { twoFactor: [], organization: [], member: [], invitation: [] });
	return {
		...server,
		mails,
		/** What the latest mail about something was sent for. */
		mailed: (about: Mail["about"]): string => {
			const mail = mails.findLast((one) => one.about === about);
			if (!mail) throw new Error(`no mail about ${about}`);
			return mail.secret;
		},
	};
}

export type IdentityServer = ReturnType<typeof createIdentityServer>;

/** What a client of such a server is made of. */
export const identityClientOptions = ({ clientOptions }: Pick<Browser, "clientOptions">) => ({
	...clientOptions,
	plugins: [multiSessionClient(), twoFactorClient(), organizationClient()],
});

export const openIdentityTab = (browser: Pick<Browser, "clientOptions">) =>
	createAuthClient(identityClientOptions(browser));

export type IdentityTab = ReturnType<typeof openIdentityTab>;
