/** @jsxImportSource solid-js */
import type { DeviceSessionsSnapshot } from "device-sessions";
import { generateHydrationScript, renderToString } from "solid-js/web";
import { sentSince } from "../with-plugin.js";
import { authClient, createClient } from "./plugin-client.js";
import { Switcher } from "./plugin-switcher.js";

export async function render(snapshot: DeviceSessionsSnapshot | null) {
	const html = renderToString(() => <Switcher authClient={snapshot ? createClient(snapshot) : authClient} />);
	return { html, sent: sentSince(), head: generateHydrationScript() };
}
