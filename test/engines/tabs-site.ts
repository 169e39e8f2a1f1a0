import { join } from "node:path";
import { toNodeHandler } from "better-auth/node";
import { bundlePage, sendPage, sendScript, serve } from "../browser/small-site.js";
import { gate } from "../support/callbacks.js";
import { createRealServer } from "../support/real-server.js";

/** As where a person has forbidden storage. */
const forbidden = `<script>Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("Denied", "SecurityError") } })</script>`;

/** An app with a real Better Auth server; what its tabs show stands in the attributes of their `<html>`. */
export async function startSite() {
	const script = await bundlePage({ entryPoints: [join(import.meta.dirname, "../browser/plugin-tabs/page.ts")] });
	const site = await serve();
	const auth = toNodeHandler(createRealServer({ baseURL: site.url }).auth);
	let isDown = false;
	/** How many requests there are to each path, and were at most. */
	const underWay = new Map<string, { now: number; most: number }>();
	let held: { path: string; isSent: () => void; passed: Promise<void> } | undefined;
	site.answer(async (pathname, request, response) => {
		if (pathname === "/elsewhere") return sendPage(response, { title: "Elsewhere", script: "data:text/javascript," });
		if (pathname === "/page.js") return sendScript(response, script);
		if (!pathname.startsWith("/api/auth/"))
			return sendPage(response, { head: pathname === "/forbidden" ? forbidden : "" });
		if (isDown) return request.socket.destroy();
		if (held && pathname === `/api/auth${held.path}`) {
			const { isSent, passed } = held;
			held = undefined;
			isSent();
			await passed;
		}
		const count = underWay.get(pathname) ?? { now: 0, most: 0 };
		underWay.set(pathname, count);
		count.now += 1;
		count.most = Math.max(count.most, count.now);
		await auth(request, response);
		count.now -= 1;
	});
	return {
		...site,
		/** The server is out of reach, or is back. */
		fall(isGone: boolean): void {
			isDown = isGone;
		},
		/** How many requests to this path there have been at once. */
		together: (path: string): number => underWay.get(`/api/auth${path}`)?.most ?? 0,
		/** The next request to this path waits at the server until it is let go. */
		hold(path: string) {
			const [sent, passage] = [gate(), gate()];
			held = { path, isSent: sent.open, passed: passage.passed };
			return { sent: sent.passed, letGo: passage.open };
		},
	};
}
