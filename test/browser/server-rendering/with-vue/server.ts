import type { DeviceSessionsSnapshot } from "device-sessions";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { createStore } from "../on-server.js";
import Switcher from "./account-switcher.vue";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: await renderToString(createSSRApp(Switcher, { deviceSessions })), sent };
}
