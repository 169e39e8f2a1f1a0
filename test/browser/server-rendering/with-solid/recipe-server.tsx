/** @jsxImportSource solid-js */
import type { DeviceSessionsSnapshot } from "device-sessions";
import { generateHydrationScript, renderToString } from "solid-js/web";
import { AccountSwitcher } from "../../../../docs/recipes/solid/account-switcher.js";
import { createStore } from "../on-server.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	const html = renderToString(() => <AccountSwitcher deviceSessions={deviceSessions} />);
	return { html, sent, head: generateHydrationScript() };
}
