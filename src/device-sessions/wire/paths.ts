/**
 * What a call of the client can do to the device. `change`: who is signed in, or which of them is active. `data`: what
 * is known of the active account. `look`: it asks who is active. `harmless`: nothing of that. `unknown`: who can tell.
 */
export type Effect = "change" | "data" | "look" | "harmless" | "unknown";

/** Better Auth's own paths, with those of its plugins: the first that fits decides. Some verifications are GETs. */
const table: readonly (readonly [Effect, RegExp])[] = [
	["look", /^get-session$/],
	["harmless", /^(sign-in\/magic-link|organization\/(check-slug|has-permission))$/],
	["change", /^(sign-(in|up)\/|sign-out$|change-password$|delete-|revoke-|verify-email$|.*callback)/],
	["change", /^(email-otp|magic-link|one-time-token|passkey|phone-number|siwe|two-factor)\/verify/],
	["change", /^(multi-session\/(set-|revoke)|two-factor\/(en|dis)able|device\/token)/],
	["change", /^admin\/(ban|impersonate|remove|revoke|stop)-/],
	["data", /^(update-(user|session)|(email-otp\/)?change-email|link-social|admin\/(set-role|update-user))$/],
	["harmless", /^(email-otp|phone-number|forget-password|siwe|device|two-factor|admin)\/(?!reset-|set-)/],
	["harmless", /^(request-password-reset|send-verification-email|is-username-available|verify-password)$/],
	["harmless", /^(get-access-token|refresh-token|unlink-account)$/],
];

/** @param path below the client's base URL, `"/sign-in/email"` */
export function effectOf(method: string, path: string): Effect {
	const found = table.find(([, form]) => form.test(path.slice(1)));
	if (found) return found[0];
	if (method === "GET") return "harmless";
	return path.startsWith("/organization/") ? "data" : "unknown";
}
