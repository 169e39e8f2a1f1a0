import { createBrowserInspector } from "@statelyai/inspect";
import { redact } from "device-sessions/inspect";
import { find } from "./dom.js";

let isLast = new AbortController();

const inspector = createBrowserInspector({
	autoStart: false,
	serializationDepthLimit: 30,
	// The machine is told of once, at the start: some hundred switches later, a click shows it still.
	maxDeferredEvents: 5000,
	// Safe: it asks for these two alone.
	window: {
		open: (url: string, target: string) => open(url, target),
		// Every start adds a listener that tells the whole story anew: of several clicks, the last one's is enough.
		addEventListener(type: "message", listener: (event: MessageEvent) => void) {
			isLast.abort();
			isLast = new AbortController();
			addEventListener(type, listener, { signal: isLast.signal });
		},
	} as unknown as Window,
});

/** What Stately's inspector, a page of somebody else, may hear: no person. */
export const inspect = redact(inspector.inspect);

/** The button that opens it. */
export function showInspector(): void {
	// In a click: browsers block a window that nobody asked for.
	find("#inspect", HTMLButtonElement).addEventListener("click", () => inspector.start());
}
