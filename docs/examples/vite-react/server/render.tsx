import { createDeviceSessions, type DeviceSessionsSnapshot } from "device-sessions";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { App } from "../src/app";
import { authClient } from "../src/auth-client";
import { DeviceSessionsContext } from "../src/device-sessions";

/** A server serves many people: each request has a store of its own. */
export function render({ pathname, searchParams }: URL, snapshot: DeviceSessionsSnapshot): string {
	const deviceSessions = createDeviceSessions(authClient, { initial: snapshot });
	return renderToString(
		<StrictMode>
			<DeviceSessionsContext value={deviceSessions}>
				<App path={pathname} means={searchParams.get("account")} />
			</DeviceSessionsContext>
		</StrictMode>,
	);
}
