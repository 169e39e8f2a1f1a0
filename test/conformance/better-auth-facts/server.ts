import { expect } from "vitest";
import type { createRealServer } from "../../support/real-server.js";

export const unauthorized = (code: string) => ({ data: null, error: expect.objectContaining({ status: 401, code }) });
export const expire = (server: ReturnType<typeof createRealServer>, token: string) => {
	for (const session of server.sessions())
		if (session["token"] === token) session["expiresAt"] = new Date(Date.now() - 1000);
};
export const multiCookie = (token: string) => `better-auth.session_token_multi-${token.toLowerCase()}`;
