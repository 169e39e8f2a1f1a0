import { useStore } from "@nanostores/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { DeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";
import type { ReactNode } from "react";

/** One `QueryClient` per account. The queries that the old one has on their way are canceled. */
export const createQueries = (deviceSessions: DeviceSessions) =>
	perAccount(
		deviceSessions,
		(account) => ({ account, client: new QueryClient() }),
		({ client }) => {
			void client.cancelQueries();
			client.clear();
		},
	);

type Props = { queries: ReturnType<typeof createQueries>; children: ReactNode };

export function AccountQueries({ queries, children }: Props) {
	const current = useStore(queries);
	if (!current) return null; // Who is here is not known yet.
	// The key: hooks of TanStack Query keep the client that they were mounted with.
	return (
		<QueryClientProvider key={current.account} client={current.client}>
			{children}
		</QueryClientProvider>
	);
}
