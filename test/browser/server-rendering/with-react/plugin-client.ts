import { createAuthClient } from "better-auth/react";
import type { DeviceSessionsSnapshot } from "device-sessions";
import { optionsWith } from "../with-plugin.js";

export const createClient = (initial?: DeviceSessionsSnapshot) => createAuthClient(optionsWith(initial));
export type Client = ReturnType<typeof createClient>;

/** The one of the whole module. */
export const authClient = createClient();
