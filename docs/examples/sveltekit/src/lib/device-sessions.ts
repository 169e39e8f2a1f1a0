import { createDeviceSessions, type DeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";
import { createContext } from "svelte";
import { authClient } from "./auth-client";

export const [getDeviceSessions, setDeviceSessions] = createContext<DeviceSessions>();

/** In the browser the page's one store, on the server one for each request. */
export function storeWith(snapshot: DeviceSessionsSnapshot): DeviceSessions {
	if (typeof window === "undefined") return createDeviceSessions(authClient, { initial: snapshot });
	authClient.deviceSessions.hydrate(snapshot);
	return authClient.deviceSessions;
}
