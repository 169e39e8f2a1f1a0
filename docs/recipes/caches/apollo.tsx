import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { ApolloProvider } from "@apollo/client/react";
import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";
import { perAccount } from "device-sessions/per-account";
import type { ReactNode } from "react";

/** One `ApolloClient` per account. The old one stops, with what it has on its way. */
export const createClients = (deviceSessions: DeviceSessions) =>
	perAccount(
		deviceSessions,
		(account) => ({
			account,
			client: new ApolloClient({ link: new HttpLink({ uri: "/graphql" }), cache: new InMemoryCache() }),
		}),
		({ client }) => client.stop(),
	);

type Props = { clients: ReturnType<typeof createClients>; children: ReactNode };

export function AccountClient({ clients, children }: Props) {
	const current = useStore(clients);
	if (!current) return null; // Who is here is not known yet.
	return (
		<ApolloProvider key={current.account} client={current.client}>
			{children}
		</ApolloProvider>
	);
}
