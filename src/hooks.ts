import type { FetchOptions } from "./client.js";

/** What is known of a call by what its hooks were told. */
export interface Told {
	response?: Response | undefined;
	/** Hooks are being run: what is thrown meanwhile is the app's. */
	isHook?: boolean;
	/** The last hook of the call's own that has ended well. */
	done?: string;
}

/**
 * Follows a call through its hooks. better-fetch calls those of the call first, then those of the client, then those of
 * the call's plugins. Only between the last `onRequest` and the last `onResponse`, and while it reads the body, can the
 * network fail.
 */
export function follow(given: FetchOptions, told: Told): FetchOptions {
	const hooks: Record<string, unknown> = {};
	for (const name of ["onRequest", "onResponse", "onSuccess", "onError"])
		hooks[name] = async (context: Told) => {
			told.response = context.response;
			told.isHook = true;
			// Safe: handed in as better-fetch takes them.
			const answer = await (given[name] as ((context: Told) => unknown) | undefined)?.(context);
			told.done = name;
			return answer;
		};
	const over = () => {
		told.isHook = false;
	};
	return { ...hooks, plugins: [given["plugins"] ?? [], { hooks: { onRequest: over, onResponse: over } }].flat() };
}
