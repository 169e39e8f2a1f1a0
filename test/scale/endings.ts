import { parseCookies, parseSetCookieHeader } from "better-auth/cookies";
import { lagsHeader } from "./auth.js";

/** A cookie of an account that an answer has deleted, or given to another one. */
interface Ending {
	/** Of the request. */
	readonly path: string;
	/** Of the session that the cookie was for. */
	readonly token: string;
	/** Whether the account is off the device with it, or only not active any more. */
	readonly isOff: boolean;
	/** The instance read from a copy that was behind. */
	readonly lags: boolean;
	/** When the request was sent, and when its answer came. */
	readonly began: number;
	readonly at: number;
}

const ofSession = "better-auth.session_token";

/** Notes what answers end on a device, and which of them an instance that lags has given. */
export function createEndings() {
	const endings: Ending[] = [];
	const lagging: string[] = [];
	return {
		endings,
		/** The paths of the requests that an instance that lags has answered. */
		lagging,
		note(request: Request, { headers }: Response, began: number): void {
			const path = new URL(request.url).pathname.replace("/api/auth", "");
			const lags = headers.has(lagsHeader);
			if (lags) lagging.push(path);
			const sent = parseCookies(request.headers.get("cookie") ?? "");
			const tokenIn = (value = "") => value.split(".")[0] ?? "";
			const isListed = (token: string) =>
				[...sent].some(([name, value]) => name.includes("_multi-") && tokenIn(value) === token);
			for (const [name, { value, "max-age": maxAge }] of parseSetCookieHeader(headers.get("set-cookie") ?? "")) {
				const token = tokenIn(sent.get(name));
				const isMulti = name.includes("_multi-");
				if (!token || !(isMulti || name === ofSession)) continue;
				// One beyond the server's limit has no cookie but the session's, which the next account takes.
				const isTaken = !isMulti && tokenIn(value) !== token && !isListed(token);
				if (maxAge === 0 || isTaken)
					endings.push({ path, token, isOff: isMulti || isTaken, lags, began, at: Date.now() });
			}
		},
	};
}
