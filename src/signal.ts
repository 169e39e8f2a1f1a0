import type { StoreClient } from "./client.js";

/** Fires one of Better Auth's signals, at once. A listener's own fault is the page's, not the caller's: nobody awaits it. */
export async function fireSignal(client: object, signal = "$sessionSignal"): Promise<void> {
	// Safe: every client of Better Auth has a store; what is none, such as a server, has no signals.
	(client as Partial<StoreClient>).$store?.notify(signal);
}
