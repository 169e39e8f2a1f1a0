import { createDeviceSessions, type DeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";

/** In the browser the page's one store, on the server one for each request. */
function storeWith(snapshot: DeviceSessionsSnapshot): DeviceSessions {
	if (import.meta.server) return createDeviceSessions(authClient, { initial: snapshot });
	authClient.deviceSessions.hydrate(snapshot);
	return authClient.deviceSessions;
}

export default defineNuxtPlugin(async () => {
	const snapshot = useState<DeviceSessionsSnapshot>("device-sessions");
	if (import.meta.server) snapshot.value = await useRequestFetch()("/api/device-sessions");
	return { provide: { deviceSessions: storeWith(snapshot.value) } };
});
