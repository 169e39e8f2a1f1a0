import { createAuthClient } from "better-auth/vue";
import { deviceSessionsClient } from "device-sessions";

export const authClient = createAuthClient({ plugins: [deviceSessionsClient()] });
