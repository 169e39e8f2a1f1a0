/** What a call of the Better Auth client takes beside its payload. Better Auth's and better-fetch's own options go through. */
export interface FetchOptions {
	/** Aborts the request. */
	readonly signal?: AbortSignal;
	/** Keeps the session signal still: neither Better Auth nor the operation fires it. */
	readonly disableSignal?: boolean;
	/** Better Auth calls it with the response of a request that failed. */
	readonly onError?: (context: { readonly response: Response }) => void | Promise<void>;
	readonly [option: string]: unknown;
}

interface Options {
	readonly fetchOptions?: FetchOptions;
}

/** Better Auth's signals and atoms. Loose, since every plugin adds its own. */
export interface StoreClient {
	/** The signals and atoms that Better Auth's plugins share. */
	readonly $store: {
		notify(signal: string): void;
		readonly atoms: Readonly<Record<string, unknown>>;
	};
}

/** A Better Auth client as far as the `Core` operations call it. */
export interface CoreClient extends StoreClient {
	/** Reads the active session. */
	getSession(input?: Options): Promise<unknown>;
	/** Signs out the whole device. */
	signOut(
		input?: Options & { disableRedirect?: boolean | undefined; callbackURL?: string | undefined },
	): Promise<unknown>;
	/** Ends one session by its token. */
	revokeSession(input: Options & { token: string }): Promise<unknown>;
}

/** A Better Auth client as far as the `MultiSession` operations call it: one made with `multiSessionClient()`. */
export interface MultiSessionClient extends StoreClient {
	/** The calls of the multi-session plugin. */
	readonly multiSession: {
		listDeviceSessions(input?: Options): Promise<unknown>;
		setActive(input: Options & { sessionToken: string }): Promise<unknown>;
		revoke(input: Options & { sessionToken: string }): Promise<unknown>;
	};
}

interface Calls {
	// A method and an object, since a client's own type asks for more of the input: columns of the app's own, for one.
	call(input: object): Promise<unknown>;
}
type Named<Names extends string> = Readonly<Record<Names, Calls["call"]>>;

/** A Better Auth client as far as the `SignIn` operations call it. */
export interface SignInClient extends StoreClient {
	/** The ways to sign in. */
	readonly signIn: Named<"email">;
}

/** A Better Auth client as far as the `SignUp` operations call it. */
export interface SignUpClient extends StoreClient {
	/** The ways to sign up. */
	readonly signUp: Named<"email">;
}

/** A Better Auth client as far as the `Password` operations call it. */
export interface PasswordClient
	extends StoreClient,
		Named<"changePassword" | "requestPasswordReset" | "resetPassword"> {}

/** A Better Auth client as far as the `EmailVerification` operations call it. */
export interface EmailVerificationClient extends StoreClient, Named<"sendVerificationEmail" | "verifyEmail"> {}

/** A Better Auth client as far as the `TwoFactor` operations call it: one made with `twoFactorClient()`. */
export interface TwoFactorClient extends StoreClient {
	/** The calls of the two-factor plugin. */
	readonly twoFactor: Named<
		| "enable"
		| "disable"
		| "getTotpUri"
		| "verifyTotp"
		| "sendOtp"
		| "verifyOtp"
		| "generateBackupCodes"
		| "verifyBackupCode"
	>;
}

/** A Better Auth client as far as the `Organization` operations call it: one made with `organizationClient()`. */
export interface OrganizationClient extends StoreClient {
	/** The calls of the organization plugin. */
	readonly organization: Named<
		| "create"
		| "update"
		| "delete"
		| "list"
		| "getFullOrganization"
		| "setActive"
		| "checkSlug"
		| "leave"
		| "hasPermission"
		| "listMembers"
		| "removeMember"
		| "updateMemberRole"
		| "getActiveMember"
		| "listInvitations"
		| "inviteMember"
		| "getInvitation"
		| "acceptInvitation"
		| "rejectInvitation"
		| "cancelInvitation"
	>;
}

/** A Better Auth client that `createDeviceSessions` takes. */
export interface DeviceSessionsClient extends CoreClient, MultiSessionClient {
	/** Types only: Better Auth puts the shape of a session and its user here. */
	readonly $Infer?: { readonly Session: { readonly session: object; readonly user: object } };
}
