import { connect } from "node:net";

/** Sends this text to a port of this machine as it stands, and returns all that comes back until the server closes. */
export function sendRaw(port: number, text: string): Promise<string> {
	return new Promise((resolve) => {
		let answer = "";
		const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(text, "latin1"));
		socket.setEncoding("latin1").on("data", (chunk) => {
			answer += chunk;
		});
		// A server that refuses may reset the connection while it is still being written to.
		socket.on("error", () => {});
		socket.on("close", () => resolve(answer));
	});
}

/** The status of an answer; undefined where the connection was closed without one. */
export const statusOf = (answer: string): number | undefined => {
	const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
	return status === undefined ? undefined : Number(status);
};

/** One HTTP/1.1 request, closed after its answer. */
export const requestText = (line: string, host: string, ...headers: string[]): string =>
	[`${line} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers, "", ""].join("\r\n");
