import type { FetchOptions } from "./client.js";

/** As much of what better-fetch tells its hooks as is read here. */
interface Context {
	readonly response?: Response;
}
type Hook = (context: Context) => unknown;

/** What is known of a call by what its hooks were told. */
export interface Told extends Context {
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
export function follow(given: FetchOptions | undefined) {
	const told: Told = {};
	const hooks: Record<string, Hook> = {};
	for (const name of ["onRequest", "onResponse", "onSuccess", "onError"])
		hooks[name] = async (context) => {
			Object.assign(told, { response: context.response, isHook: true });
			// Safe: handed in as better-fetch takes them.
			const answer = await (given?.[name] as Hook | undefined)?.(context);
			told.done = name;
			return answer;
		};
	const over = () => {
		told.isHook = false;
	};
	const plugins = [given?.["plugins"] ?? [], { hooks: { onRequest: over, onResponse: over } }].flat();
	return { told, fetchOptions: { ...hooks, plugins } };
}
