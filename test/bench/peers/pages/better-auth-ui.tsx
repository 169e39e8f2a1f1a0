import { AuthProvider, useSession, useSignOut } from "@better-auth-ui/react";
import {
	useListDeviceSessions,
	useRevokeMultiSession,
	useSetActiveSession,
} from "@better-auth-ui/react/plugins/multi-session";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { act, Rows, show, Who } from "./shown.js";

// As https://better-auth-ui.com/docs/react has its hooks, called as its own menu and its own card of accounts call them.
// It has no call for the others: each is revoked, all at once.

const authClient = createAuthClient({ plugins: [multiSessionClient()] });
const queryClient = new QueryClient();

function Switcher() {
	const { data: session } = useSession(authClient);
	const { data: rows } = useListDeviceSessions(authClient);
	const { mutate: setActive } = useSetActiveSession(authClient);
	const { mutate: revoke, mutateAsync: revokeAsync } = useRevokeMultiSession(authClient);
	const { mutate: signOut } = useSignOut(authClient);
	const shown = rows ?? [];
	const tokenOf = (name: string) => shown.find(({ user }) => user.name === name)?.session.token ?? "";
	act({
		switchTo: (name) => setActive({ sessionToken: tokenOf(name) }),
		revoke: (name) => revoke({ sessionToken: tokenOf(name) }),
		signOutOthers: () =>
			Promise.all(
				shown
					.filter(({ user }) => user.id !== session?.user.id)
					.map((row) => revokeAsync({ sessionToken: row.session.token })),
			),
		signOutAll: () => signOut(),
	});
	return <Rows rows={shown.map(({ user }) => ({ name: user.name, active: user.id === session?.user.id }))} />;
}

function Header() {
	const { data } = useSession(authClient);
	return <Who name={data?.user.name} />;
}

show(
	<QueryClientProvider client={queryClient}>
		<AuthProvider authClient={authClient} navigate={() => {}}>
			<Header />
			<Switcher />
		</AuthProvider>
	</QueryClientProvider>,
);
