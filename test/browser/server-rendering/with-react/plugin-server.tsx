import type { DeviceSessionsSnapshot } from "device-sessions";
import { renderToString } from "react-dom/server";
import { sentSince } from "../with-plugin.js";
import { authClient, createClient } from "./plugin-client.js";
import { Switcher } from "./plugin-switcher.js";

export async function render(snapshot: DeviceSessionsSnapshot | null) {
	const html = renderToString(<Switcher authClient={snapshot ? createClient(snapshot) : authClient} />);
	return { html, sent: sentSince() };
}
