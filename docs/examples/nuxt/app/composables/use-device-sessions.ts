import { useStore } from "@nanostores/vue";

export function useDeviceSessions() {
	const { $deviceSessions: deviceSessions } = useNuxtApp();
	return { deviceSessions, state: useStore(deviceSessions) };
}
