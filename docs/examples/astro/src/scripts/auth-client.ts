import { createAuthClient } from "better-auth/client";
import { deviceSessionsClient } from "device-sessions";

export const authClient = createAuthClient({ plugins: [deviceSessionsClient()] });
export const { deviceSessions } = authClient;

const json = document.querySelector("#device-sessions")?.textContent;
if (json) deviceSessions.hydrate(JSON.parse(json));
