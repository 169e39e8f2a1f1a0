import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { createDeviceSessions } from "device-sessions";

export const authClient = createAuthClient({ plugins: [multiSessionClient()] });
export const deviceSessions = createDeviceSessions(authClient);

const snapshot = JSON.parse(document.querySelector("#snapshot")?.textContent ?? "null");
// Left out, the first render differs from the server's: the test makes sure that this would be noticed.
if (!location.search.includes("without-snapshot")) deviceSessions.hydrate(snapshot);

export const root = document.querySelector("#app") as HTMLElement; // Safe: the server has rendered it.

/** For the test: the first read is over. */
deviceSessions.listen(({ loadedAt }) => {
	if (loadedAt !== null) document.documentElement.dataset["read"] = "yes";
});
