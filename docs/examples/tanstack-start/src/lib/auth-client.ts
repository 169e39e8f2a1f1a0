import { createAuthClient } from "better-auth/react";
import { deviceSessionsClient } from "device-sessions";

export const authClient = createAuthClient({ plugins: [deviceSessionsClient()] });
