import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import type { TestClientOptions } from "device-sessions/testing";

export const vanilla = (options: TestClientOptions) =>
	createAuthClient({ ...options, plugins: [multiSessionClient()] });
