import type { DeviceSessionsSnapshot } from "device-sessions";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { createStore } from "../on-server.js";
import Page from "./element-page.vue";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: await renderToString(createSSRApp(Page, { deviceSessions })), sent };
}
