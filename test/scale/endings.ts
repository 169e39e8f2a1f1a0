import { lagsHeader } from "./auth.js";

/** A cookie of an account that an answer has deleted. */
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
			const sent = new Map(
				(request.headers.get("cookie") ?? "").split("; ").map((pair) => {
					const at = pair.indexOf("=");
					return [pair.slice(0, at), pair.slice(at + 1)];
				}),
			);
			for (const line of headers.getSetCookie()) {
				const name = line.slice(0, line.indexOf("="));
				const isOff = name.includes("_multi-");
				if (!/; max-age=0(;|$)/i.test(line) || !(isOff || name === ofSession)) continue;
				const token = decodeURIComponent(sent.get(name) ?? "").split(".")[0];
				if (token) endings.push({ path, token, isOff, lags, began, at: Date.now() });
			}
		},
	};
}
