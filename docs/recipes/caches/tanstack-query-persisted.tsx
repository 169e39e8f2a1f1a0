import { useStore } from "@nanostores/react";
import { createAsyncStoragePersister } from "@tanstack/query-async-storage-persister";
import { QueryClient } from "@tanstack/react-query";
import { PersistQueryClientProvider } from "@tanstack/react-query-persist-client";
import type { DeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";
import type { ReactNode } from "react";

const maxAge = 24 * 60 * 60 * 1_000;

/** One `QueryClient` per account, kept in localStorage under the account's id. What others have left there is removed. */
export const createQueries = (deviceSessions: DeviceSessions) =>
	perAccount(
		deviceSessions,
		(account) => {
			const key = `queries:${account}`;
			for (const other of Object.keys(localStorage))
				if (other.startsWith("queries:") && other !== key) localStorage.removeItem(other);
			return {
				account,
				client: new QueryClient({ defaultOptions: { queries: { gcTime: maxAge } } }),
				persister: createAsyncStoragePersister({ storage: localStorage, key }),
			};
		},
		({ client }) => {
			void client.cancelQueries();
			client.clear();
		},
	);

type Props = { queries: ReturnType<typeof createQueries>; children: ReactNode };

export function AccountQueries({ queries, children }: Props) {
	const current = useStore(queries);
	if (!current) return null; // Who is here is not known yet.
	const { account, client, persister } = current;
	return (
		<PersistQueryClientProvider key={account} client={client} persistOptions={{ persister, maxAge }}>
			{children}
		</PersistQueryClientProvider>
	);
}
