import type { IncomingMessage, ServerResponse } from "node:http";
import type { Auth } from "./auth.js";

const route = /^\/demo\/sessions\/([\w-]+)\/(end|expire)$/;

/**
 * What happens to a session past its device: somebody ends it elsewhere, or it runs out. Of the demo alone, on a server
 * that only this machine reaches: a real one would let nobody do so without a session of their own.
 */
export function createOtherDevice(auth: Auth): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	async function answer({ headers, method, url = "" }: IncomingMessage): Promise<number> {
		const [, id, deed] = route.exec(url) ?? [];
		if (id === undefined) return 404;
		if (method !== "POST") return 405;
		// Any site in this browser can post here, but only the demo's own page says so.
		if (!headers.origin || !auth.options.trustedOrigins.includes(headers.origin)) return 403;
		const { adapter } = await auth.$context;
		const where = [{ field: "id", value: id }];
		const update = { expiresAt: new Date(Date.now() - 60_000) };
		const count =
			deed === "end"
				? await adapter.deleteMany({ model: "session", where })
				: await adapter.updateMany({ model: "session", where, update });
		return count > 0 ? 204 : 404;
	}

	return async (request, response) => {
		const status = await answer(request).catch((error: unknown) => {
			console.error(error);
			return 500;
		});
		response.writeHead(status, { "cache-control": "no-store" }).end();
	};
}
