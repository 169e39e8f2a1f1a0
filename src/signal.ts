import type { StoreClient } from "./client.js";
import { rethrowLater } from "./rethrow-later.js";

/** Fires one of Better Auth's signals. A listener's own fault is the page's, not the caller's. */
export function fireSignal(client: object, signal = "$sessionSignal"): void {
	try {
		// Safe: every client of Better Auth has a store; what is none, such as a server, has no signals.
		(client as Partial<StoreClient>).$store?.notify(signal);
	} catch (error) {
		rethrowLater(error);
	}
}
