import { AccountSwitcher } from "device-sessions/element/react";
import { useDeviceSessions } from "./device-sessions";

export function Header() {
	const { deviceSessions, active } = useDeviceSessions();
	return (
		<header>
			<a href="/">Home</a> <a href="/notes">Notes</a>{" "}
			<AccountSwitcher store={deviceSessions} addHref="/sign-in" showName>
				{active ? active.user.name : <a href="/sign-in">Sign in</a>}
			</AccountSwitcher>
		</header>
	);
}
