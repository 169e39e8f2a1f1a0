/** A user as the test server holds it, with your own fields. */
export interface TestUser {
	/** The user's id. */
	readonly id: string;
	/** The name that a page shows. */
	name: string;
	/** `ada@example.com` for `Ada`. */
	email: string;
	/** Whether the email address was confirmed. */
	emailVerified: boolean;
	/** The address of a picture, or null. */
	image: string | null;
	/** When the user signed up. */
	readonly createdAt: Date;
	/** When the user was last changed. */
	updatedAt: Date;
	[field: string]: unknown;
}

/** A session as the test server holds it, with your own fields. */
export interface TestSession {
	/** The session's id: that of the row. */
	readonly id: string;
	/** The secret that its cookie carries. */
	readonly token: string;
	/** Whose session it is. */
	readonly userId: string;
	/** When the person signed in. */
	readonly createdAt: Date;
	/** When the session was last renewed. */
	updatedAt: Date;
	/** When the session runs out. */
	expiresAt: Date;
	/** The address of the device. */
	ipAddress: string;
	/** The browser of the device. */
	userAgent: string;
	[field: string]: unknown;
}

export interface ServerOptions {
	/** How many accounts the plugin lists. Default: 5, as Better Auth's. */
	readonly maximumSessions?: number | undefined;
	/** How long a session lives, in seconds. Default: 7 days. */
	readonly expiresIn?: number | undefined;
	/** How old it is before get-session renews it and its cookie, in seconds. Default: 1 day. */
	readonly updateAge?: number | undefined;
	/** For how many seconds get-session answers from Better Auth's cookie cache (`session.cookieCache`). Default: it is off. */
	readonly cookieCache?: number | undefined;
	/**
	 * Who has two factors, by name, from the sign-up on: a later sign-in with the password stops half-way, and
	 * `twoFactor.verifyTotp` with the device's `code` makes them active. Default: nobody, and no two-factor plugin.
	 */
	readonly twoFactor?: readonly string[] | undefined;
}

/** A cookie as an answer sets it, for so many seconds; null ends it. */
type SetCookie = { readonly value: string; readonly maxAge: number } | null;
export type SetCookies = Map<string, SetCookie>;

/** What the server answers; cookies go to the browser with the answer. */
export interface ServerAnswer {
	readonly status: number;
	readonly body: unknown;
	/** What to set. */
	readonly cookies: ReadonlyMap<string, SetCookie>;
}
