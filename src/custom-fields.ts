import type { Session, User } from "./schemas.js";

type Known = "id" | "createdAt" | "updatedAt";
type KnownOfSession = Known | "token" | "userId" | "expiresAt" | "ipAddress" | "userAgent";
type KnownOfUser = Known | "name" | "email" | "emailVerified" | "image";
type KnownOfOrganization = Known | "name" | "slug" | "logo" | "metadata" | "members" | "invitations" | "teams";
type KnownOfMember = Known | "organizationId" | "userId" | "role" | "user";
type KnownOfInvitation = Known | "organizationId" | "email" | "role" | "status" | "inviterId" | "expiresAt";

/** What a client's type says beyond what Better Auth itself puts there: columns of the app's own and plugins' fields. */
interface Inferred<Client> {
	session: Client extends { readonly $Infer: { readonly Session: { readonly session: infer S } } }
		? Omit<S, KnownOfSession>
		: unknown;
	user: Client extends { readonly $Infer: { readonly Session: { readonly user: infer U } } }
		? Omit<U, KnownOfUser>
		: unknown;
	organization: Client extends { readonly $Infer: { readonly Organization: infer O } }
		? Omit<O, KnownOfOrganization>
		: unknown;
	member: Client extends { readonly $Infer: { readonly Member: infer M } } ? Omit<M, KnownOfMember> : unknown;
	invitation: Client extends { readonly $Infer: { readonly Invitation: infer I } }
		? Omit<I, KnownOfInvitation>
		: unknown;
}

/** By shape, since the modules whose schemas these are know this file, and not the other way round. */
type CustomFields<Client, T> = (T extends Session ? Inferred<Client>["session"] : unknown) &
	(T extends User ? Inferred<Client>["user"] : unknown) &
	(T extends { slug: string; createdAt: Date } ? Inferred<Client>["organization"] : unknown) &
	(T extends { organizationId: string; userId: string; role: string } ? Inferred<Client>["member"] : unknown) &
	(T extends { organizationId: string; inviterId: string } ? Inferred<Client>["invitation"] : unknown);

/** An answer with the custom fields in it that the client's type knows. */
export type WithCustomFields<Client, T> = T extends Date
	? T
	: T extends readonly (infer Item)[]
		? WithCustomFields<Client, Item>[]
		: T extends object
			? { [Key in keyof T]: WithCustomFields<Client, T[Key]> } & CustomFields<Client, T>
			: T;
