import type { DeviceSessionsSnapshot } from "device-sessions";
import { render as renderSvelte } from "svelte/server";
import { sentSince } from "../with-plugin.js";
import { authClient, createClient } from "./plugin-client.js";
import Switcher from "./plugin-switcher.svelte";

export async function render(snapshot: DeviceSessionsSnapshot | null) {
	const props = { authClient: snapshot ? createClient(snapshot) : authClient };
	return { html: renderSvelte(Switcher, { props }).body, sent: sentSince() };
}
