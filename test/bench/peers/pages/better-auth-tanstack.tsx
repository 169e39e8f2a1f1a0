import { AuthQueryProvider, createAuthHooks } from "@daveyplate/better-auth-tanstack";
import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { act, Rows, show, Who } from "./shown.js";

// As its README has it: hooks from `createAuthHooks`, and `resetQueries` by hand after a sign-out. It has no call for the
// others: each is revoked, all at once.

const authClient = createAuthClient({ plugins: [multiSessionClient()] });
const queryClient = new QueryClient();
const { useSession, useListDeviceSessions, useSetActiveSession, useRevokeDeviceSession } = createAuthHooks(authClient);

/** Its types know less than it answers. */
type Listed = readonly { readonly session: { readonly token: string }; readonly user: { id: string; name: string } }[];

function Switcher() {
	const client = useQueryClient();
	const { data: session } = useSession();
	const rows = (useListDeviceSessions().data ?? []) as Listed;
	const { setActiveSession } = useSetActiveSession();
	const { mutate: revoke, mutateAsync: revokeAsync } = useRevokeDeviceSession();
	const tokenOf = (name: string) => rows.find(({ user }) => user.name === name)?.session.token ?? "";
	act({
		switchTo: (name) => setActiveSession({ sessionToken: tokenOf(name) }),
		revoke: (name) => revoke({ sessionToken: tokenOf(name) }),
		signOutOthers: () =>
			Promise.all(
				rows
					.filter(({ user }) => user.id !== session?.user.id)
					.map((row) => revokeAsync({ sessionToken: row.session.token })),
			),
		async signOutAll() {
			await authClient.signOut();
			await client.resetQueries();
		},
	});
	return <Rows rows={rows.map(({ user }) => ({ name: user.name, active: user.id === session?.user.id }))} />;
}

function Header() {
	const { data } = useSession();
	return <Who name={data?.user.name} />;
}

show(
	<QueryClientProvider client={queryClient}>
		<AuthQueryProvider>
			<Header />
			<Switcher />
		</AuthQueryProvider>
	</QueryClientProvider>,
);
