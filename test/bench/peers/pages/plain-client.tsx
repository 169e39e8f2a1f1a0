import type { Session, User } from "better-auth";
import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { useCallback, useEffect, useState } from "react";
import { act, Rows, show, Who } from "./shown.js";

// As https://www.better-auth.com/docs/plugins/multi-session has it: list, set active, revoke, sign out. The list is read
// again after each of them, since nothing else tells of it.

const authClient = createAuthClient({ plugins: [multiSessionClient()] });
const { multiSession } = authClient;
type Listed = readonly { readonly session: Session; readonly user: User }[];

function Switcher() {
	const [rows, setRows] = useState<Listed>([]);
	const { data: session } = authClient.useSession();
	const read = useCallback(async () => {
		const { data } = await multiSession.listDeviceSessions();
		setRows(data ?? []);
	}, []);
	useEffect(() => void read(), [read]);
	const tokenOf = (name: string) => rows.find(({ user }) => user.name === name)?.session.token ?? "";
	act({
		async switchTo(name) {
			await multiSession.setActive({ sessionToken: tokenOf(name) });
			await read();
		},
		async revoke(name) {
			await multiSession.revoke({ sessionToken: tokenOf(name) });
			await read();
		},
		async signOutOthers() {
			const others = rows.filter(({ user }) => user.id !== session?.user.id);
			await Promise.all(others.map((row) => multiSession.revoke({ sessionToken: row.session.token })));
			await read();
		},
		async signOutAll() {
			await authClient.signOut();
			await read();
		},
	});
	return <Rows rows={rows.map(({ user }) => ({ name: user.name, active: user.id === session?.user.id }))} />;
}

function Header() {
	const { data } = authClient.useSession();
	return <Who name={data?.user.name} />;
}

show(
	<>
		<Header />
		<Switcher />
	</>,
);
