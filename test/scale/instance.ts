/** One of several processes of a server: started by farm.ts. `SCALE_SETUP` says what it is to be. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { toNodeHandler } from "better-auth/node";
import { type FarmSetup, lagPath, lagsHeader, openServers, rulesHeader } from "./auth.js";
import { statements } from "./count-statements.js";
import { type Usage, usagePath } from "./usage.js";

// Safe: farm.ts writes it.
const { port, ...setup } = JSON.parse(process.env["SCALE_SETUP"] ?? "{}") as FarmSetup & { port: number };
const servers = await openServers(setup);
let lags = false;
servers.lag(lags);
const open = new Set<ServerResponse>();
const mark = (response: ServerResponse) => {
	if (!response.headersSent) response.setHeader(lagsHeader, "yes");
};
const handlers = new Map<unknown, (request: IncomingMessage, response: ServerResponse) => unknown>();

const server = createServer((request, response) => {
	if (request.url === usagePath) {
		const { user, system } = process.cpuUsage();
		return response.end(JSON.stringify({ cpu: (user + system) / 1_000, statements: statements() } satisfies Usage));
	}
	if (request.url?.startsWith(lagPath)) {
		lags = request.url.endsWith("yes");
		servers.lag(lags);
		// What is under way reads from the copy from now on.
		if (lags) open.forEach(mark);
		return response.end();
	}
	if (lags) mark(response);
	open.add(response);
	response.once("close", () => open.delete(response));
	const header = request.headers[rulesHeader]?.toString();
	const handler = handlers.get(header) ?? toNodeHandler(servers.of(header));
	handlers.set(header, handler);
	return handler(request, response);
});
process.once("SIGTERM", () => {
	server.close(() => void servers.close().finally(() => process.exit()));
	server.closeIdleConnections();
});
server.listen(port, "127.0.0.1", () => console.log("listening"));
