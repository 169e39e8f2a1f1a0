export interface TestUser {
	readonly id: string;
	name: string;
	email: string;
	emailVerified: boolean;
	image: string | null;
	readonly createdAt: Date;
	updatedAt: Date;
	[field: string]: unknown;
}

export interface TestSession {
	readonly id: string;
	readonly token: string;
	readonly userId: string;
	readonly createdAt: Date;
	updatedAt: Date;
	expiresAt: Date;
	ipAddress: string;
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
}

/** What the server answers; cookies go to the browser with the answer. */
export interface ServerAnswer {
	readonly status: number;
	readonly body: unknown;
	/** What to set; null ends the cookie. */
	readonly cookies: ReadonlyMap<string, { readonly value: string; readonly maxAge: number } | null>;
}
