import type { DeviceSessionsSnapshot } from "device-sessions";
import { render as renderSvelte } from "svelte/server";
import { createStore } from "../on-server.js";
import Switcher from "./switcher.svelte";

export async function render(snapshot: DeviceSessionsSnapshot) {
	const { deviceSessions, sent } = createStore(snapshot);
	return { html: renderSvelte(Switcher, { props: { deviceSessions } }).body, sent };
}
