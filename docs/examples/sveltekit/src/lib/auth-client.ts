import { createAuthClient } from "better-auth/svelte";
import { deviceSessionsClient } from "device-sessions";

export const authClient = createAuthClient({ plugins: [deviceSessionsClient()] });
