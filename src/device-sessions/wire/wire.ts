import { rethrowLater } from "../../rethrow-later.js";
import type { Call } from "../events.js";
import { effectOf } from "./paths.js";

/** Who watches the wire: told of each call when it begins, and by what it returns for that one when it ends. */
export type WireListener = (call: Call) => (end: CallEnd) => void;

export interface CallEnd {
	/** Its headers are in, so that its cookies are set; or it failed or was aborted, and what it did is not known (`null`). */
	readonly status: number | null;
	/** It has signed nobody in, and names the page where that goes on, an OAuth provider's most likely. */
	readonly goesOn?: boolean;
	/** It answers with a session's token: somebody has signed in. */
	readonly hasToken?: boolean;
	/** A sign-in has stopped half-way: a second factor is asked for, and nobody is active. */
	readonly isHalfWay?: boolean;
	/** The page was frozen meanwhile, as somebody who looked has told: its cookies were set who knows when. */
	readonly isLate?: boolean;
	/** Reads what was answered; to be asked for at once, before anybody else reads it. */
	readonly answer?: () => Promise<unknown>;
}

/** As much of better-fetch's options as is read here. */
export interface WireFetchOptions {
	readonly baseURL?: string | undefined;
	readonly customFetchImpl?: Fetch | undefined;
	readonly signal?: object | null | undefined;
}
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Waits until it is a call's turn, or so long without one; returns what lets the next one have theirs. */
type TakeTurn = (path: string, signal: AbortSignal | undefined) => Promise<(() => void) | undefined>;

/** A token can stand in a path, as in `/reset-password/…`: only words are handed on. */
const withoutSecrets = (path: string): string =>
	path.replace(/[^/]+/g, (part) => (/^[a-z\d-]{1,31}$/.test(part) ? part : ":id"));

const urlOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : String(input));

/** Any: where base URL and request are below the page's own address, both are. */
const anywhere = "http://localhost";

/** The path of a request below a base URL, each as `fetch` would write it; undefined where it goes to another server. */
function pathBelow(baseURL: string, url: string): string | undefined {
	const base = new URL(baseURL.replace(/\/*$/, "/"), anywhere);
	const { href, pathname } = new URL(url, anywhere);
	return href.startsWith(base.href) ? pathname.slice(base.pathname.length - 1) : undefined;
}

interface Answer {
	readonly token?: unknown;
	readonly twoFactorRedirect?: unknown;
	readonly url?: unknown;
}

/**
 * What a change has answered; undefined where the body was lost. Asked here, since the app's own hooks are awaited before
 * any of a plugin's.
 */
async function answerOf(response: Response): Promise<Answer | undefined> {
	let text: string | undefined;
	try {
		text = await response.clone().text();
		// Safe: asked for properties, of which nothing is taken for granted.
		return Object(JSON.parse(text)) as Answer;
	} catch {
		return text === undefined ? text : {};
	}
}

/** Neither the app's request nor the other listeners have to do with what one of them throws. */
function attempt<T>(run: () => T): T | undefined {
	try {
		return run();
	} catch (error) {
		rethrowLater(error);
		return undefined;
	}
}

/**
 * Every request of a client passes through it, the session atom's own included. It watches, and changes nothing. Where
 * nobody listens, on a server or after `destroy`, it does not even look.
 */
export function createWire() {
	const listeners = new Set<WireListener>();
	const underWay = new Map<number, Call>();
	const own = new WeakSet<object>();
	/** A call that is repeated comes with what its first attempt was given. */
	const watched = new WeakSet<Fetch>();
	/** Where the store sends its own requests: a call of the app's may name another server. */
	let server: string | undefined;
	let calls = 0;
	let isLeaving = false;
	let freezes = 0;
	let takeTurn: TakeTurn | undefined;

	async function watch(send: Fetch, baseURL: string, input: string | URL | Request, init: RequestInit = {}) {
		const { method = "GET", signal } = init;
		const path = pathBelow(server ?? baseURL, urlOf(input));
		if (path === undefined || listeners.size === 0) return send(input, init);
		const effect = effectOf(method, path);
		const isOrdered = effect === "change" && !init.keepalive && !isLeaving;
		const letGo = isOrdered ? await takeTurn?.(path, signal ?? undefined) : undefined;
		return follow(() => send(input, init), method, path, effect, signal, letGo);
	}

	/** Sends a call, and tells of it from now until its headers are in. */
	async function follow(
		send: () => Promise<Response>,
		method: string,
		path: string,
		effect: Call["effect"],
		signal: AbortSignal | null | undefined,
		letGo: () => void = () => {},
	): Promise<Response> {
		const frozen = freezes;
		const begin = () => {
			calls += 1;
			const call: Call = { id: calls, method, path: withoutSecrets(path), effect };
			underWay.set(call.id, call);
			const told = Array.from(listeners, (listener) => ({ listener, ended: attempt(() => listener(call)) }));
			return (ending: CallEnd) => {
				underWay.delete(call.id);
				for (const { listener, ended } of told)
					if (listeners.has(listener)) attempt(() => ended?.({ ...ending, isLate: freezes > frozen }));
			};
		};
		let end: ReturnType<typeof begin> | undefined = begin();
		// Not every `fetch` minds its signal.
		const giveUp = () => {
			letGo();
			end?.({ status: null });
			end = undefined;
		};
		signal?.addEventListener("abort", giveUp);
		try {
			const response = await send();
			const answered = response.ok && effect === "change" ? await answerOf(response) : {};
			const { token, twoFactorRedirect, url } = answered ?? {};
			const isSignIn = path.startsWith("/sign-in/");
			// Given up before that, it has acted all the same, after everybody has looked: as one that was sent just now.
			end ??= begin();
			// Then the next one may have its turn: what this one has begun, a sign-out may have to end.
			end({
				// Whether it has stopped half-way is not known.
				status: isSignIn && !answered ? null : response.status,
				goesOn: !!url && !token && isSignIn,
				isHalfWay: twoFactorRedirect === true,
				hasToken: !!token,
				answer: async () => response.clone().json(),
			});
			end = undefined;
			return response;
		} finally {
			giveUp();
			signal?.removeEventListener("abort", giveUp);
		}
	}

	return {
		/** What the client's `fetch` is wrapped with. */
		fetchPlugin: {
			id: "device-sessions",
			name: "device-sessions",
			async init<Options extends WireFetchOptions>(
				url: string,
				options?: Options,
			): Promise<{ url: string; options?: Options & { customFetchImpl: Fetch } }> {
				if (!options || listeners.size === 0) return { url };
				const { baseURL = "", customFetchImpl: send = globalThis.fetch, signal } = options;
				// It tells of itself. A hook of the app's may give it another signal.
				if (own.has(signal ?? {})) {
					server = baseURL;
					return { url };
				}
				const isWatched = watched.has(send);
				const customFetchImpl: Fetch = isWatched ? send : (input, init) => watch(send, baseURL, input, init);
				watched.add(customFetchImpl);
				// Better Auth below 1.7.5 brings a better-fetch that goes by what the last plugin returns, which is its own and
				// returns what it was given.
				Reflect.set(options, "customFetchImpl", customFetchImpl);
				return { url, options: { ...options, customFetchImpl } };
			},
		},
		/** Requests with this signal are the store's own. */
		claim(signal: AbortSignal): void {
			own.add(signal);
		},
		/** Changes of the app's wait for their turn: for the device's lock, most likely. */
		order(how: TakeTurn): void {
			takeTurn = how;
		},
		/** The page goes, where nothing can wait any more; or it is back. */
		leave(isGone: boolean): void {
			isLeaving = isGone;
			freezes += Number(isGone);
		},
		/** Which calls of the app's are on their way. */
		underWay: (): readonly Call[] => [...underWay.values()],
		listen(listener: WireListener): () => void {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

export type Wire = ReturnType<typeof createWire>;
