"use client";
import { AccountSwitcher } from "device-sessions/element/react";
import Link from "next/link";
import { useDeviceSessions } from "./device-sessions";

export function Header() {
	const { deviceSessions, active } = useDeviceSessions();
	return (
		<header>
			<Link href="/">Home</Link> {/* What is fetched beforehand is of whoever is active by then. */}
			<Link href="/notes" prefetch={false}>
				Notes
			</Link>{" "}
			<AccountSwitcher store={deviceSessions} addHref="/sign-in" showName>
				{active ? active.user.name : <Link href="/sign-in">Sign in</Link>}
			</AccountSwitcher>
		</header>
	);
}
