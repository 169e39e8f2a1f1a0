import { type IncomingMessage, type ServerResponse, request as send } from "node:http";

/** Of one connection alone, from one hop to the next. */
const ofTheHop = ["connection", "keep-alive", "transfer-encoding"];

/**
 * Hands requests on, in turn, to whoever listens on these ports of this machine. One that nobody takes goes to the next
 * port; one that was taken and then lost is answered with 502, as it may have been acted on.
 */
export function createBalancer(ports: readonly number[]) {
	let turn = 0;
	return (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		turn += 1;
		const [first, last] = [ports.slice(turn % ports.length), ports.slice(0, turn % ports.length)];
		return hand(request, response, [...first, ...last]);
	};
}

function hand(request: IncomingMessage, response: ServerResponse, ports: readonly number[]): Promise<void> {
	const [port, ...others] = ports;
	return new Promise((resolve) => {
		response.once("close", resolve);
		if (port === undefined) {
			response.writeHead(503, { "retry-after": "2" }).end("No instance runs");
			return;
		}
		const { headers, method, url } = request;
		const onward = send({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
		// Nothing of the request is read before somebody takes it.
		onward.once("socket", (socket) => socket.once("connect", () => request.pipe(onward)));
		onward.once("response", (answer) => {
			const kept = Object.entries(answer.headers).filter(([name]) => !ofTheHop.includes(name));
			response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
			answer.once("error", () => response.destroy());
			answer.pipe(response);
		});
		onward.once("error", (error: NodeJS.ErrnoException) => {
			if (error.code === "ECONNREFUSED") return void hand(request, response, others);
			if (response.headersSent) response.destroy();
			else response.writeHead(502).end("The instance was lost");
		});
		response.once("close", () => onward.destroy());
	});
}
