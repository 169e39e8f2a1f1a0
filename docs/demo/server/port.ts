import type { Server } from "node:http";
import { connect } from "node:net";

const attempts = 20;

/** Takes the port asked for or, saying so, the next free one. 0 takes any. Answers the port. */
export async function listen(server: Server, wanted: number): Promise<number> {
	for (let port = wanted; port < wanted + attempts; port++) {
		const taken = (await answersOnIPv6(port)) || !(await claim(server, port));
		if (!taken) return portOf(server);
		if (wanted === 0 || port === 65_535) break;
		console.log(`Port ${port} is taken, using ${port + 1}.`);
	}
	throw new Error(`No free port from ${wanted} on: choose another one with PORT.`);
}

// Only this machine may come in: the sample people's password is no secret.
function claim(server: Server, port: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const failed = (error: NodeJS.ErrnoException) => {
			server.off("listening", listening);
			if (error.code === "EADDRINUSE") resolve(false);
			else reject(error);
		};
		const listening = () => {
			server.off("error", failed);
			resolve(true);
		};
		server.once("error", failed).once("listening", listening).listen(port, "127.0.0.1");
	});
}

// Browsers try localhost as ::1 first: whatever answers there would be seen instead of the demo.
function answersOnIPv6(port: number): Promise<boolean> {
	if (port === 0) return Promise.resolve(false);
	return new Promise((resolve) => {
		const socket = connect({ port, host: "::1", timeout: 500 });
		const answer = (taken: boolean) => {
			socket.destroy();
			resolve(taken);
		};
		socket.once("connect", () => answer(true));
		socket.once("error", () => answer(false)).once("timeout", () => answer(false));
	});
}

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return address.port;
}
