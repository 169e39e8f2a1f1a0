import { useStore } from "@nanostores/react";
import { useRouter } from "@tanstack/react-router";
import { createDeviceSessions, type DeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { authClient } from "../lib/auth-client";

const DeviceSessionsContext = createContext<DeviceSessions>(authClient.deviceSessions);

export function useDeviceSessions() {
	const deviceSessions = useContext(DeviceSessionsContext);
	return { deviceSessions, ...useStore(deviceSessions, { ssr: "initial" }) };
}

/** In the browser the page's one store, on the server one for each request. */
function storeWith(snapshot: DeviceSessionsSnapshot): DeviceSessions {
	if (typeof window === "undefined") return createDeviceSessions(authClient, { initial: snapshot });
	authClient.deviceSessions.hydrate(snapshot);
	return authClient.deviceSessions;
}

export function DeviceSessionsProvider({
	snapshot,
	children,
}: {
	snapshot: DeviceSessionsSnapshot;
	children: ReactNode;
}) {
	const [deviceSessions] = useState(() => storeWith(snapshot));
	const { active, isPending } = useStore(deviceSessions, { ssr: "initial" });
	const router = useRouter();
	const activeId = active?.id ?? null;
	// Who is active instead of who was when this was loaded; null is nobody.
	const since = isPending || activeId === snapshot.active ? undefined : activeId;

	useEffect(() => {
		if (since === undefined) return;
		// Pages that were left are kept for a while, with the data of the account before.
		router.clearCache();
		// Whoever switches from a link that means an account has chosen.
		const url = new URL(location.href);
		url.searchParams.delete("account");
		if (url.href !== location.href) router.history.replace(url.pathname + url.search);
		router.invalidate();
	}, [since, router]);
	return <DeviceSessionsContext value={deviceSessions}>{children}</DeviceSessionsContext>;
}
