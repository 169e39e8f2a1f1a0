import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";

/** As strict as a policy can be: no inline script or style, and no text that becomes markup. */
const policy =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** A page with the element on it, over a device and a server in memory. */
export async function startSite() {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, "page.ts")],
		tsconfig: join(import.meta.dirname, "../../../tsconfig.json"),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		logLevel: "error",
	});
	const script = outputFiles[0]?.text ?? "";
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? "/", "http://localhost");
		if (pathname === "/page.js") return void response.setHeader("content-type", "text/javascript").end(script);
		if (pathname === "/page.css") return void response.setHeader("content-type", "text/css").end(styles);
		if (pathname === "/ada.svg") return void response.setHeader("content-type", "image/svg+xml").end(picture);
		if (pathname === "/missing.png") return void response.writeHead(404).end();
		response
			.setHeader("content-type", "text/html")
			.setHeader("content-security-policy", policy)
			.end(
				`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${pathname}</title><link rel="icon" href="data:," /><link rel="stylesheet" href="/page.css" /><script type="module" src="/page.js"></script></head><body><main><h1>Mail</h1></main></body></html>`,
			);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return {
		url: `http://localhost:${typeof address === "object" ? address?.port : ""}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const styles = `:root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif }
body { margin: 16px; color: CanvasText; background: Canvas }
h1 { font-size: 1.2rem }`;
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="teal" /></svg>`;
