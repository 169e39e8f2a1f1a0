import type { DeviceSessionsSnapshot } from "device-sessions";
import { render as renderSvelte } from "svelte/server";
import { createStore } from "../on-server.js";
import Page from "./element.svelte";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: renderSvelte(Page, { props: { deviceSessions } }).body, sent };
}
