import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";
import { createContext, useContext } from "react";
import { authClient } from "./auth-client";

/** In the browser the page's one store, on the server one for each request. */
export const DeviceSessionsContext = createContext<DeviceSessions>(authClient.deviceSessions);

export function useDeviceSessions() {
	const deviceSessions = useContext(DeviceSessionsContext);
	return { deviceSessions, ...useStore(deviceSessions, { ssr: "initial" }) };
}
