import type { IncomingMessage, ServerResponse } from "node:http";
import { toNodeHandler } from "better-auth/node";
import type { Auth } from "./auth.js";
import { addressOf } from "./front-door.js";
import { createLetters } from "./letters.js";
import { createOtherDevice } from "./other-device.js";

/** What is answered by whoever has the database. */
export function createRoutes(auth: Auth): (request: IncomingMessage, response: ServerResponse) => unknown {
	const serveAuth = toNodeHandler(auth);
	const serveLetters = createLetters(auth);
	const serveOtherDevice = createOtherDevice(auth);
	return (request, response) => {
		const { pathname } = addressOf(request);
		if (pathname.startsWith("/api/auth/")) return serveAuth(request, response);
		if (pathname === "/demo/letters") return serveLetters(request, response);
		return serveOtherDevice(request, response);
	};
}
