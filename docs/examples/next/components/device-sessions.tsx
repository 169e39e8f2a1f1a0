"use client";
import { useStore } from "@nanostores/react";
import { createDeviceSessions, type DeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { authClient } from "./auth-client";

const DeviceSessionsContext = createContext<DeviceSessions>(authClient.deviceSessions);

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
	// Who is active instead of who was when the server rendered this; null is nobody.
	const since = isPending || activeId === snapshot.active ? undefined : activeId;

	useEffect(() => {
		if (since === undefined) return;
		// Whoever switches from a link that means an account has chosen.
		const url = new URL(location.href);
		url.searchParams.delete("account");
		if (url.href !== location.href) router.replace(url.pathname + url.search);
		router.refresh();
	}, [since, router]);
	return <DeviceSessionsContext value={deviceSessions}>{children}</DeviceSessionsContext>;
}

export function useDeviceSessions() {
	const deviceSessions = useContext(DeviceSessionsContext);
	return { deviceSessions, ...useStore(deviceSessions, { ssr: "initial" }) };
}
