import type { Call } from "../events.js";
import { effectOf } from "./paths.js";

/** Who watches the wire. */
export interface WireListener {
	began(call: Call): void;
	/** Its headers are in, so that its cookies are set; or it failed, and what it did is not known (`null`). */
	ended(call: Call, status: number | null): void;
	/** A sign-in was answered: half-way where a second factor is asked for, and nobody is active then. */
	signedIn(isHalfWay: boolean): void;
}

/** As much of better-fetch's options as is read here. */
export interface WireFetchOptions {
	readonly baseURL?: string | undefined;
	readonly customFetchImpl?: Fetch | undefined;
}
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A token can stand in a path, as in `/reset-password/…`: only words are handed on. */
const withoutSecrets = (path: string): string =>
	path.replace(/[^/]+/g, (part) => (/^[a-z\d-]{1,31}$/.test(part) ? part : ":id"));

const urlOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : String(input));

/**
 * Every request of a client passes through it, the session atom's own included. It watches, and changes nothing. Where
 * nobody listens, on a server or after `destroy`, it does not even look.
 */
export function createWire() {
	const listeners = new Set<WireListener>();
	const underWay = new Map<number, Call>();
	const own = new WeakSet<object>();
	let calls = 0;

	const tell = (run: (listener: WireListener) => void) => {
		for (const listener of listeners) run(listener);
	};

	async function watch(send: Fetch, baseURL: string, input: string | URL | Request, init: RequestInit = {}) {
		const url = urlOf(input);
		// Another server's, or one of the store's own, which tells of itself.
		const isForeign = !url.startsWith(baseURL) || own.has(init.signal ?? {});
		if (isForeign || listeners.size === 0) return send(input, init);
		calls += 1;
		const method = init.method ?? "GET";
		const path = url.slice(baseURL.length).split(/[?#]/)[0] ?? "";
		const call: Call = { id: calls, method, path: withoutSecrets(path), effect: effectOf(method, path) };
		underWay.set(call.id, call);
		tell((listener) => listener.began(call));
		let status: number | null = null;
		try {
			const response = await send(input, init);
			status = response.status;
			return response;
		} finally {
			underWay.delete(call.id);
			tell((listener) => listener.ended(call, status));
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
				const { baseURL = "", customFetchImpl: send = globalThis.fetch } = options;
				const base = baseURL.replace(/\/+$/, "");
				return { url, options: { ...options, customFetchImpl: (input, init) => watch(send, base, input, init) } };
			},
			hooks: {
				onSuccess({ data, request }: { readonly data: unknown; readonly request: { readonly url: unknown } }): void {
					if (!String(request.url).includes("/sign-in/")) return;
					// Safe: asked for a property, of which nothing is taken for granted.
					const { twoFactorRedirect } = Object(data) as { twoFactorRedirect?: unknown };
					tell((listener) => listener.signedIn(twoFactorRedirect === true));
				},
			},
		},
		/** Requests with this signal are the store's own. */
		claim(signal: AbortSignal): void {
			own.add(signal);
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
