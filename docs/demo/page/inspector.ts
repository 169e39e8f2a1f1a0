import { createBrowserInspector } from "@statelyai/inspect";
import { redact } from "device-sessions/inspect";
import { find } from "./dom.js";

let listening = new AbortController();

/** What the inspector asks of a window. Each start listens anew, and whoever listens tells the whole story: one is enough. */
const place = {
	open: (url: string, target: string) => open(url, target),
	addEventListener(type: "message", listener: (event: MessageEvent) => void) {
		listening.abort();
		listening = new AbortController();
		addEventListener(type, listener, { signal: listening.signal });
	},
};

const inspector = createBrowserInspector({
	autoStart: false,
	serializationDepthLimit: 30,
	// The machine is told of once, at the start: some hundred switches later, a click shows it still.
	maxDeferredEvents: 5000,
	window: place as unknown as Window, // Safe: it asks for these two alone.
});

/** What Stately's inspector, a page of somebody else, may hear: no person. */
export const inspect = redact(inspector.inspect);

/** The button that opens it. */
export function showInspector(): void {
	// In a click: browsers block a window that nobody asked for.
	find("#inspect", HTMLButtonElement).addEventListener("click", () => inspector.start());
}
