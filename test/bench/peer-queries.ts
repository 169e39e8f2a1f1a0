import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { peersFolder } from "./contenders.js";

/** better-auth-ui on TanStack Query without a framework, on a client. */
export interface PeerQueries {
	refetch(): Promise<unknown>;
	setActive(token: string): Promise<unknown>;
	close(): void;
}

/** What it needs is in the peers' own folder, which the benchmark installs: types of it are checked there. */
export async function openPeerQueries(client: object): Promise<PeerQueries> {
	const module: { openQueries(client: object): Promise<PeerQueries> } = await import(
		pathToFileURL(join(peersFolder, "query.ts")).href
	);
	return module.openQueries(client);
}
