"use client";
import { createDeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";
import { AccountSwitcher } from "device-sessions/element/react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { authClient } from "../auth-client";

/** A store for each request on the server; the page's own in the browser, which takes the snapshot before the first render. */
function storeWith(snapshot: DeviceSessionsSnapshot) {
	if (typeof window === "undefined") return createDeviceSessions(authClient, { initial: snapshot });
	authClient.deviceSessions.hydrate(snapshot);
	return authClient.deviceSessions;
}

export function Header({ snapshot }: { snapshot: DeviceSessionsSnapshot }) {
	const [store] = useState(() => storeWith(snapshot));
	const [told, setTold] = useState("nothing");
	const router = useRouter();
	return (
		<header>
			<AccountSwitcher
				store={store}
				addHref="/sign-in"
				showName
				onAccountSwitched={({ detail }) => {
					setTold(`switched to ${detail.account.user.name}`);
					router.refresh();
				}}
			>
				<a href="/sign-in">Sign in</a>
			</AccountSwitcher>
			<p id="told">{told}</p>
			<p id="server">{snapshot.sessions.find(({ id }) => id === snapshot.active)?.user.name ?? "nobody"}</p>
		</header>
	);
}
