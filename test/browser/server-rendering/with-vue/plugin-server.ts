import type { DeviceSessionsSnapshot } from "device-sessions";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { sentSince } from "../with-plugin.js";
import { authClient, createClient } from "./plugin-client.js";
import Switcher from "./plugin-switcher.vue";

export async function render(snapshot: DeviceSessionsSnapshot | null) {
	const { useDeviceSessions, deviceSessions } = snapshot ? createClient(snapshot) : authClient;
	const app = createSSRApp(Switcher, { useDeviceSessions, setActive: deviceSessions.setActive });
	return { html: await renderToString(app), sent: sentSince() };
}
