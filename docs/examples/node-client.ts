import { createAuthClient } from "better-auth/client";
import { deviceSessionsClient } from "device-sessions";

/** A client for a script or a test in Node, where `fetch` keeps no cookies. Its jar is its device. */
export function createNodeClient(baseURL: string, send: typeof fetch = fetch) {
	const jar = new Map<string, string>();
	return createAuthClient({
		baseURL,
		plugins: [deviceSessionsClient()],
		fetchOptions: {
			async customFetchImpl(url, init) {
				const headers = new Headers(init?.headers);
				headers.set("cookie", [...jar.values()].join("; "));
				// Better Auth refuses cookies without it.
				headers.set("origin", new URL(baseURL).origin);
				const answer = await send(url, { ...init, headers });
				for (const line of answer.headers.getSetCookie()) {
					const [pair = "", ...attributes] = line.split("; ");
					const [name = ""] = pair.split("=");
					if (attributes.some((attribute) => attribute.toLowerCase() === "max-age=0")) jar.delete(name);
					else jar.set(name, pair);
				}
				return answer;
			},
		},
	});
}
