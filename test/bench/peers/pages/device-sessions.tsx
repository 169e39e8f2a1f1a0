import { createAuthClient } from "better-auth/react";
import { deviceSessionsClient } from "device-sessions";
import { act, Rows, show, Who } from "./shown.js";

// As the README has it.

const authClient = createAuthClient({ plugins: [deviceSessionsClient()] });
const { deviceSessions } = authClient;

function Switcher() {
	const { sessions } = authClient.useDeviceSessions();
	const idOf = (name: string) => sessions.find(({ user }) => user.name === name)?.id ?? "";
	act({
		switchTo: (name) => deviceSessions.setActive(idOf(name)),
		revoke: (name) => deviceSessions.revoke(idOf(name)),
		signOutOthers: () => deviceSessions.signOutOthers(),
		signOutAll: () => deviceSessions.signOutAll(),
	});
	return <Rows rows={sessions.map(({ active, user }) => ({ name: user.name, active }))} />;
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
