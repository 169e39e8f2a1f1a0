import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

/** One script of a page, with all that it imports: the sources of this package for its names. */
export async function bundlePage(options: BuildOptions): Promise<string> {
	const { outputFiles } = await build({
		tsconfig: join(import.meta.dirname, "../../tsconfig.json"),
		bundle: true,
		format: "esm",
		target: "es2022",
		logLevel: "error",
		...options,
		write: false,
	});
	return outputFiles[0]?.text ?? "";
}

export const sendScript = (response: ServerResponse, script: string): void =>
	void response.setHeader("content-type", "text/javascript").end(script);

/** A page that is one script, with nothing in its body but what is given. */
export const sendPage = (
	response: ServerResponse,
	{ title = "Tab", script = "/page.js", head = "", body = "" },
): void =>
	void response
		.setHeader("content-type", "text/html")
		.end(
			`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:," />${head}<script type="module" src="${script}"></script></head><body>${body}</body></html>`,
		);

type Answer = (pathname: string, request: IncomingMessage, response: ServerResponse) => unknown;

/** A server of a test's own, which is told what to answer once it is known where it is. */
export async function serve() {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const url = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
	return {
		url,
		answer(answer: Answer): void {
			server.on("request", (request, response) => answer(new URL(request.url ?? "/", url).pathname, request, response));
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
