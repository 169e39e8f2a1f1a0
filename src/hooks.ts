import type { FetchOptions } from "./client.js";
import { OperationError } from "./errors.js";
import { isObject } from "./is-object.js";
import { isClean, type NamedText, textsIn } from "./secrets.js";

const names = ["onRequest", "onResponse", "onSuccess", "onError", "onRetry"] as const;

/** As much of what better-fetch tells its hooks as is read here. */
interface Context {
	readonly response?: Response;
	readonly request?: { readonly headers?: unknown };
	readonly data?: unknown;
}
type Hook = (context: Context) => unknown;

/** What is known of a call by what its hooks were told. */
export interface Told extends Context {
	/** The hook that is being run: the call's own or the client's. What is thrown meanwhile is the app's. */
	hook?: string | undefined;
	/** Better Auth has been told of the success, and fires its signals. */
	hasSucceeded?: boolean;
}

/**
 * Follows a call through its hooks. better-fetch calls those of the call first, then those of the client, then those of
 * the call's plugins: whatever is thrown in between is a hook's.
 */
export function follow(given: FetchOptions | undefined) {
	const told: Told = {};
	let isFollowed = false;
	const hookOf = (name: (typeof names)[number]) => async (context: Context) => {
		const { response, request, data } = context;
		Object.assign(told, { response, request, data, hook: isFollowed ? name : undefined });
		// Safe: handed in as better-fetch takes them.
		const answer = await (given?.[name] as Hook | undefined)?.(context);
		told.hasSucceeded = name === "onSuccess";
		return answer;
	};
	const over = () => {
		told.hook = undefined;
	};
	const each = (hook: (name: (typeof names)[number]) => Hook) =>
		Object.fromEntries(names.map((name) => [name, hook(name)]));
	// Safe: handed in as better-fetch takes them.
	const plugins = (given?.["plugins"] ?? []) as readonly object[];
	const last = {
		id: "device-sessions-hooks",
		name: "device-sessions-hooks",
		init(url: string, options: object) {
			isFollowed = true;
			return { url, options };
		},
		hooks: each(() => over),
	};
	return { told, fetchOptions: { ...each(hookOf), plugins: [...plugins, last] } };
}

/** A hook of the app's threw. What it threw is the cause, unless that may hold a secret. */
export function hookFailed(
	operation: string,
	{ hook, response }: Told,
	thrown: unknown,
	secrets: readonly NamedText[],
	applied: boolean | undefined,
): OperationError {
	const status = response?.status ?? 0;
	return new OperationError("callback", operation, `The hook ${hook} threw.`, {
		...(status >= 400 && { status }),
		...(applied && { applied }),
		...(isHarmless(thrown, secrets) && { cause: thrown }),
	});
}

function isHarmless(thrown: unknown, secrets: readonly NamedText[]): boolean {
	const own = secrets.filter(({ isSecret }) => isSecret);
	const { message, cause } = isObject(thrown) ? (thrown as Partial<Error>) : {};
	return !cause && textsIn([thrown, message]).every(({ text, isSecret }) => !isSecret && isClean(text, own));
}
