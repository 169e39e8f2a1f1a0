import type { DeviceSessionsSnapshot } from "device-sessions";
import { renderToString } from "react-dom/server";
import { AccountSwitcher } from "../../../../docs/recipes/react/account-switcher.js";
import { createStore } from "../on-server.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: renderToString(<AccountSwitcher deviceSessions={deviceSessions} />), sent };
}
