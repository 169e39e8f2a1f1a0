/** What a call of the Better Auth client takes beside its payload. Better Auth's and better-fetch's own options go through. */
export interface FetchOptions {
	readonly signal?: AbortSignal;
	/** Keeps the session signal still: neither Better Auth nor the operation fires it. */
	readonly disableSignal?: boolean;
	readonly onError?: (context: { readonly response: Response }) => void | Promise<void>;
	readonly [option: string]: unknown;
}

interface Options {
	readonly fetchOptions?: FetchOptions;
}

/** Better Auth's signals and atoms. Loose, since every plugin adds its own. */
export interface StoreClient {
	readonly $store: {
		notify(signal: string): void;
		readonly atoms: Readonly<Record<string, unknown>>;
	};
}

/** A Better Auth client as far as the `Core` operations call it. */
export interface CoreClient extends StoreClient {
	getSession(input?: Options): Promise<unknown>;
	signOut(
		input?: Options & { disableRedirect?: boolean | undefined; callbackURL?: string | undefined },
	): Promise<unknown>;
	revokeSession(input: Options & { token: string }): Promise<unknown>;
}

/** A Better Auth client as far as the `MultiSession` operations call it: one made with `multiSessionClient()`. */
export interface MultiSessionClient extends StoreClient {
	readonly multiSession: {
		listDeviceSessions(input?: Options): Promise<unknown>;
		setActive(input: Options & { sessionToken: string }): Promise<unknown>;
		revoke(input: Options & { sessionToken: string }): Promise<unknown>;
	};
}

/** A Better Auth client that `createDeviceSessions` takes. */
export interface DeviceSessionsClient extends CoreClient, MultiSessionClient {
	/** Types only: Better Auth puts the shape of a session and its user here. */
	readonly $Infer?: { readonly Session: { readonly session: object; readonly user: object } };
}
