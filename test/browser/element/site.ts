import { join } from "node:path";
import { bundlePage, sendPage, sendScript, serve } from "../small-site.js";

/** As strict as a policy can be: no inline script or style, and no text that becomes markup. */
const policy =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const head = '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css" />';

/** A page with the element on it, over a device and a server in memory. */
export async function startSite() {
	const script = await bundlePage({ entryPoints: [join(import.meta.dirname, "page.ts")] });
	const site = await serve();
	site.answer((pathname, _, response) => {
		if (pathname === "/page.js") return sendScript(response, script);
		if (pathname === "/page.css") return response.setHeader("content-type", "text/css").end(styles);
		if (pathname === "/ada.svg") return response.setHeader("content-type", "image/svg+xml").end(picture);
		if (pathname === "/missing.png") return response.writeHead(404).end();
		response.setHeader("content-security-policy", policy);
		return sendPage(response, { title: pathname, head, body: "<main><h1>Mail</h1></main>" });
	});
	return site;
}

const styles = `:root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif }
body { margin: 16px; color: CanvasText; background: Canvas }
h1 { font-size: 1.2rem }`;
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="teal" /></svg>`;
