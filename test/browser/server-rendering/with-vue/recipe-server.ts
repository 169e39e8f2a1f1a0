import type { DeviceSessionsSnapshot } from "device-sessions";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import AccountSwitcher from "../../../../docs/recipes/vue/account-switcher.vue";
import { createStore } from "../on-server.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: await renderToString(createSSRApp(AccountSwitcher, { deviceSessions })), sent };
}
