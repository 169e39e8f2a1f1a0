import type { DeviceSessionsSnapshot } from "device-sessions";
import { renderToString } from "react-dom/server";
import { createStore } from "../on-server.js";
import { Switcher } from "./switcher.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: renderToString(<Switcher deviceSessions={deviceSessions} />), sent };
}
