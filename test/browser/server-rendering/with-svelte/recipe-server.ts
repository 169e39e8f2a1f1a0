import type { DeviceSessionsSnapshot } from "device-sessions";
import { render as renderSvelte } from "svelte/server";
import AccountSwitcher from "../../../../docs/recipes/svelte/account-switcher.svelte";
import { createStore } from "../on-server.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: renderSvelte(AccountSwitcher, { props: { deviceSessions } }).body, sent };
}
