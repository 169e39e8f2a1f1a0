import { betterAuth } from "better-auth";
import { multiSession } from "better-auth/plugins";
import { type Addresses, openStorage } from "../../docs/demo/server/storage.js";
import { emailAndPassword, origin } from "../support/real-server.js";
import { splitReads } from "./split-reads.js";

/** What every instance of a farm is told. */
export interface FarmSetup extends Addresses {
	/** With a Redis: whether sessions stand in Postgres as well. */
	readonly storeSessionInDatabase?: boolean;
	/** A copy of the database that is read from. */
	readonly replicaUrl?: string;
	/** Whether get-session is answered from a cookie for 5 minutes. */
	readonly cookieCache?: boolean;
}

/** What a request asks its instance to be: how many accounts a device may list, how often an address may ask in 5 s. */
export interface Rules {
	readonly maximumSessions: number;
	readonly max: number;
}

/** The header that a test says its rules with. */
export const rulesHeader = "x-test-rules";
/** Where an instance is told whether to read from the copy, and the header by which its answers say that they were. */
export const lagPath = "/test/lag";
export const lagsHeader = "x-test-lags";
export const toHeader = ({ maximumSessions, max }: Rules): string => `${maximumSessions} ${max}`;

/** The servers of one instance, one for each set of rules; they share the storage. */
export async function openServers({
	storeSessionInDatabase,
	cookieCache = false,
	replicaUrl,
	...addresses
}: FarmSetup) {
	const storage = await openStorage(addresses, () => Promise.reject(new Error("An instance needs a database.")));
	const { secondaryStorage, counts } = storage;
	const split = replicaUrl ? splitReads(addresses.databaseUrl ?? "", replicaUrl) : undefined;
	const database = split?.database ?? storage.database;
	const open = ({ maximumSessions, max }: Rules) => {
		const rule = { window: 5, max };
		return betterAuth({
			baseURL: origin,
			secret: "a secret for tests that is long enough",
			database,
			...(secondaryStorage && { secondaryStorage }),
			session: {
				...(storeSessionInDatabase !== undefined && { storeSessionInDatabase }),
				cookieCache: { enabled: cookieCache, maxAge: 300 },
			},
			emailAndPassword,
			plugins: [multiSession({ maximumSessions })],
			rateLimit: {
				enabled: true,
				...(counts && { storage: counts }),
				...rule,
				customRules: { "/sign-in/*": rule, "/sign-up/*": rule },
			},
			logger: { disabled: true },
			telemetry: { enabled: false },
		});
	};
	const opened = new Map<string, ReturnType<typeof open>>();
	return {
		/** Whether the copy is read from, where there is one. */
		lag: (is: boolean) => split?.split(is),
		async close() {
			await split?.close();
			await storage.close();
		},
		of(header = toHeader({ maximumSessions: 5, max: 1_000 })) {
			const [maximumSessions = 5, max = 1_000] = header.split(" ").map(Number);
			const found = opened.get(header) ?? open({ maximumSessions, max });
			opened.set(header, found);
			return found;
		},
	};
}
