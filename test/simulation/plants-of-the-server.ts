import type { Plant } from "./device.js";
import { withStorage } from "./plants-of-the-page.js";

/** The answer with another body. */
async function changed(response: Response, change: (key: string, value: unknown) => unknown): Promise<Response> {
	const text = await response.text();
	return new Response(JSON.stringify(JSON.parse(text), change), response);
}

/** Faults in what a store makes of a server that answers from a cache, leaves out ids or asks for a second factor. */
export const plantsOfTheServer: Record<string, Plant> = {
	"a command is decided from the cookie cache": {
		kinds: ["sessionCache"],
		fetch: (send) => (input, init) => send(String(input).replace("disableCookieCache=true", ""), init),
	},
	"a row without an id is called by its renewal": {
		kinds: ["missingIds"],
		fetch: (send) => async (input, init) => {
			const response = await send(input, init);
			if (!response.ok || !response.body) return response;
			return changed(response, (key, value) => {
				if (key !== "session" || typeof value !== "object" || value === null || "id" in value) return value;
				// Safe: every session has one.
				return { ...value, createdAt: (value as { updatedAt?: unknown }).updatedAt };
			});
		},
	},
	"other tabs are not told of a sign-in that is half-way": {
		kinds: ["halfway"],
		needsPlugin: true,
		page: (page) =>
			withStorage(page, ({ setItem }) => ({
				setItem: (name, text) => (name.endsWith(":half-way") ? undefined : setItem(name, text)),
			})),
	},
};
