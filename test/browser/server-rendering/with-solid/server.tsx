/** @jsxImportSource solid-js */
import type { DeviceSessionsSnapshot } from "device-sessions";
import { generateHydrationScript, renderToString } from "solid-js/web";
import { createStore } from "../on-server.js";
import { Switcher } from "./switcher.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	const html = renderToString(() => <Switcher deviceSessions={deviceSessions} />);
	return { html, sent, head: generateHydrationScript() };
}
