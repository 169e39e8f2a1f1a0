import type { IncomingMessage, ServerResponse } from "node:http";

type Serve = (request: IncomingMessage, response: ServerResponse) => unknown;

const ownName = /^(?:(?:[a-z\d-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/i;
const wholeAddress = /^https?:\/\/([^/?]*)(.*)$/i;

/**
 * Lets in whoever asks for this machine by one of its own names. A site could have its own name point here, and its page
 * would then read the mails as if they were its own (DNS rebinding). Whatever fails behind the door is one answer, and
 * not the end of the demo.
 *
 * @param balancer where browsers find the balancer that this door stands behind; none: they come here themselves
 */
export function frontDoor(serve: Serve, balancer?: { readonly port: number }) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const refusal = refuse(request, balancer?.port ?? request.socket.localPort);
		if (refusal) return void response.writeHead(refusal, { "content-type": "text/plain" }).end("Not here");
		// Nothing stands between the browser and the demo: Better Auth would build its address from this.
		delete request.headers["x-forwarded-proto"];
		// Who asks is counted by this address.
		if (!balancer) request.headers["x-forwarded-for"] = request.socket.remoteAddress;
		try {
			await serve(request, response);
		} catch (error) {
			console.error(error);
			if (response.headersSent) response.destroy();
			else response.writeHead(500).end();
		}
	};
}

/** What was asked for; the request has come through the door. */
export const addressOf = ({ url = "/" }: IncomingMessage): URL => new URL(`http://localhost${url}`);

/** The status to refuse with. A request for a whole address becomes one for its path. */
function refuse(request: IncomingMessage, ownPort: number | undefined): number | undefined {
	const { method, rawHeaders, url = "" } = request;
	const hosts = rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === "host" && index % 2 === 1);
	const [host] = hosts;
	if (!host || hosts.length > 1) return 400;
	const isOwn = (name: string) => {
		const [found, port = "80"] = ownName.exec(name) ?? [];
		return found !== undefined && Number(port) === ownPort;
	};
	const [, named = host, path = url] = wholeAddress.exec(url) ?? [];
	if (!isOwn(host) || !isOwn(named)) return 403;
	// `fetch` knows no such request, so that Better Auth would throw.
	if (method === "TRACE") return 405;
	request.url = path === url || path.startsWith("/") ? path : `/${path}`;
	return request.url.startsWith("/") ? undefined : 404;
}
