import type { IncomingMessage, ServerResponse } from "node:http";
import { fromNodeHeaders } from "better-auth/node";
import type { Auth } from "./auth.js";

const route = /^\/demo\/sessions\/([\w-]+)\/(end|expire)$/;

/**
 * What happens to a session past its device: somebody ends it elsewhere, or it runs out. Of the demo alone, on a server
 * that only this machine reaches: a real one would let nobody do so without a session of their own.
 */
export function createOtherDevice(auth: Auth): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	/** The token of one of the sessions of the browser that asks. */
	async function tokenOf(id: string, headers: Headers): Promise<string | undefined> {
		const listed = await auth.api.listDeviceSessions({ headers });
		const active = await auth.api.getSession({ headers, query: { disableRefresh: true } });
		return [...listed, ...(active ? [active] : [])].find(({ session }) => session.id === id)?.session.token;
	}

	async function answer({ headers, method, url = "" }: IncomingMessage): Promise<number> {
		const [, id, deed] = route.exec(url) ?? [];
		if (id === undefined) return 404;
		if (method !== "POST") return 405;
		// Any site in this browser can post here, but only the demo's own page says so.
		if (!headers.origin || !auth.options.trustedOrigins.includes(headers.origin)) return 403;
		const { adapter, internalAdapter } = await auth.$context;
		if (auth.options.secondaryStorage) {
			// Redis finds a session by its token alone, and forgets it by itself when it runs out.
			const token = await tokenOf(id, fromNodeHeaders(headers));
			if (token !== undefined) await internalAdapter.deleteSession(token);
			return token === undefined ? 404 : 204;
		}
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
