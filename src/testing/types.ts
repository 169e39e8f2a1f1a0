import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import type { TestClock } from "./clock.js";
import type { ServerOptions, TestSession, TestUser } from "./server-types.js";
import type { Pending } from "./transit.js";
import type { Disturbance, HeldRequest } from "./wire.js";

/** What a Better Auth client of a test device is made with. */
export interface TestClientOptions {
	/** Where the test server is. */
	readonly baseURL: string;
	/** The `fetch` that reaches it. */
	readonly fetchOptions: { readonly customFetchImpl: typeof fetch };
}

export const createClient = (options: TestClientOptions) =>
	createAuthClient({ ...options, plugins: [multiSessionClient()] });

/** The client of a test device where no other is asked for: `better-auth/client` with `multiSessionClient()`. */
export type TestClient = ReturnType<typeof createClient>;

/** What `createTestDevice` takes. */
export interface TestDeviceOptions<Client extends object = TestClient> extends ServerOptions {
	/** Who is signed in, the last one active. Their e-mail address is `ada@example.com` for `Ada`. Default: nobody. */
	readonly accounts?: readonly string[] | undefined;
	/** When simulated time starts, in epoch ms. Default: 2030-01-01. */
	readonly startsAt?: number | undefined;
	/** Where chance begins: the same seed is the same run. Default: 1. */
	readonly seed?: number | undefined;
	/** How long a request, an answer or a message between tabs takes at most, in ms, drawn by chance. Default: 0, no time at all. */
	readonly latency?: number | undefined;
	/**
	 * Nothing moves by itself: what is on its way waits until you `deliver` or `lose` it, and `latency` means nothing.
	 * Time stands still as ever: `deliver` a timer, or let `clock.advance` run them. Default: false.
	 */
	readonly manual?: boolean | undefined;
	/** Makes the client of a tab: one of `better-auth/react`, or one with plugins of your own. */
	readonly createClient?: ((options: TestClientOptions) => Client) | undefined;
}

/** What is true of an account, whatever a page shows. */
export interface TestRow {
	/** The session's id: that of the store's row. */
	readonly id: string;
	/** The user's name. */
	readonly name: string;
	/** The cookie is this one's. */
	readonly active: boolean;
	/** The list of the device has it. */
	readonly listed: boolean;
}

/** A page of the device. All its pages share cookies, storage, locks and a channel. */
export interface TestTab<Client extends object = TestClient> {
	/** The Better Auth client of this page. */
	readonly client: Client;
	/** What it has sent, `"POST /multi-session/set-active"`. */
	readonly requests: string[];
	/** Hides the page, or comes back to it. */
	show(visible: boolean): void;
	/** Comes out of the back-forward cache. */
	comeBack(): void;
	/** Takes the page offline, or back online. */
	goOnline(online: boolean): void;
	/** Closes it: answers on their way are lost, locks are let go. Destroy its store yourself. */
	close(): void;
}

/** A device and its server, in memory. */
export interface TestDevice<Client extends object = TestClient> extends TestTab<Client> {
	/** The time of the device and its server. */
	readonly clock: TestClock;
	/** Everybody's password. */
	readonly password: string;
	/** The code of everybody who has two factors: every other is a wrong one. */
	readonly code: string;
	/** What all pages have sent, in order. */
	readonly sent: readonly string[];
	/** Opens one more page. */
	openTab(): TestTab<Client>;
	/** Everybody who has a valid session that this device can use or did sign in. */
	rows(): TestRow[];
	/** The valid sessions of the whole server, of other devices too. */
	sessions(): readonly TestSession[];
	/** Somebody's sessions; what is changed in one is changed on the server. */
	sessionsOf(name: string): TestSession[];
	/** Signs somebody in past every page, as a return from an identity provider does; a new name signs up. */
	signIn(name: string): void;
	/** Ends somebody's sessions as another device would. */
	end(name: string): void;
	/** Has somebody's sessions run out. */
	expire(name: string): void;
	/** Changes somebody's user. */
	change(name: string, fields: Partial<Omit<TestUser, "id">>): void;
	/** The next request to this path, `"/multi-session/set-active"`, waits until it is let go. */
	hold(path: string): Promise<HeldRequest>;
	/** The next requests to this path are delayed, lost or answered otherwise. */
	disturb(path: string, how: Disturbance, times?: number): void;
	/** Forgets every disturbance and hold that has not come to pass. */
	heal(): void;
	/** What is on its way: how many pages send something to one of these paths, `"POST /multi-session/revoke"`. */
	sending(...paths: string[]): number;
	/** Whether some page's command holds the device's lock. */
	isBusy(): boolean;
	/**
	 * What is on its way, the oldest first: requests, answers, messages to other tabs, lock requests and timers. Without
	 * `manual` it is what waits for a `latency`, a delay, a lag, a hold or a lock, and the timers.
	 *
	 * @example
	 * device.pending(); // [{ id: 7, kind: "request", tab: 0, what: "POST /multi-session/set-active", ready: true }]
	 */
	pending(): readonly Pending[];
	/**
	 * Lets one of `pending()` come through, by its index: a request reaches the server and becomes an answer, an answer
	 * brings its cookies, a message is heard, a lock is granted, a timer fires at its moment. Resolves when what that sets
	 * off has settled; rejects where nothing is at this index, or where it is not `ready`.
	 *
	 * @example
	 * await device.deliver(device.pending().findIndex(({ kind }) => kind === "answer"));
	 */
	deliver(index: number): Promise<void>;
	/**
	 * Loses one of `pending()`, by its index: a request that never reaches the server, an answer to what was done, a
	 * message that is never heard, a lock that the page may not have. `only: "body"` loses the body of an answer whose
	 * headers, and so its cookies, have come. A timer cannot be lost.
	 *
	 * @example
	 * await device.lose(0, { only: "body" });
	 */
	lose(index: number, part?: { readonly only?: "body" | undefined }): Promise<void>;
	/** What is stored on the device, and what its pages have said to each other, as JSON: no secret may be in it. */
	stored(): string[];
	/** What the pages have said to each other, as JSON. */
	said(): string[];
	/** How many channels are open. */
	channels(): number;
}
