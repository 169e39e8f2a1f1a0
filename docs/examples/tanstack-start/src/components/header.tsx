import { Link } from "@tanstack/react-router";
import { AccountSwitcher } from "device-sessions/element/react";
import { useDeviceSessions } from "./device-sessions";

export function Header() {
	const { deviceSessions, active } = useDeviceSessions();
	return (
		<header>
			<Link to="/">Home</Link> <Link to="/notes">Notes</Link>{" "}
			<AccountSwitcher store={deviceSessions} addHref="/sign-in" showName>
				{active ? active.user.name : <a href="/sign-in">Sign in</a>}
			</AccountSwitcher>
		</header>
	);
}
