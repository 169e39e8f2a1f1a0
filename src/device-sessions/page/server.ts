import type { Page } from "./environment.js";

/**
 * One spelling for each server: resolved against the origin of the page, with the default port left out and no slash at
 * the end. Not against the page's whole address: its tabs stand at different ones.
 */
export function scopeOf(server: string, page: Page | undefined): string {
	// A page can be without an origin, or with one that nothing can be resolved against: a file, a sandboxed frame.
	for (const baseOf of [() => page?.location?.origin, () => "http://localhost"]) {
		try {
			return new URL(server, baseOf()).href.replace(/\/+$/, "");
		} catch {}
	}
	return server;
}

/** As much of a client's options as says where its server is. */
interface ServerOptions {
	readonly baseURL?: string | undefined;
	readonly basePath?: string | undefined;
	readonly fetchOptions?: { readonly baseURL?: string | undefined } | undefined;
}

/** The server of a client, found as Better Auth finds it: the base path only where the URL has no path of its own. */
export function serverOf({ baseURL, basePath = "/api/auth", fetchOptions }: ServerOptions, page: Page | undefined) {
	if (fetchOptions?.baseURL) return fetchOptions.baseURL;
	const server = scopeOf(baseURL ?? "", page);
	return /\/\/[^/]*$/.test(server) ? server + basePath.replace(/^\/?/, "/") : server;
}
