/** @jsxImportSource solid-js */
import type { DeviceSessionsSnapshot } from "device-sessions";
import { generateHydrationScript, renderToString } from "solid-js/web";
import { createStore } from "../on-server.js";
import { Page } from "./element.js";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return {
		html: renderToString(() => <Page deviceSessions={deviceSessions} />),
		sent,
		head: generateHydrationScript(),
	};
}
