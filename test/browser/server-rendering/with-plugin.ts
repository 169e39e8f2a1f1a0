import type { DeviceSessionsSnapshot } from "device-sessions";
import { type DeviceSessions, deviceSessionsClient } from "device-sessions";

/** What the clients of a server have sent. */
const sent: string[] = [];

const customFetchImpl: typeof fetch = async (input) => {
	sent.push(String(input));
	return new Response(null, { status: 500 });
};

/** What a client with the plugin is made of: on a page, on a server, and there for one request where it has rows. */
export const optionsWith = (initial?: DeviceSessionsSnapshot) => ({
	plugins: [deviceSessionsClient({ initial })],
	...(typeof document === "undefined" && { baseURL: "http://localhost", fetchOptions: { customFetchImpl } }),
});

/** What the server has sent since it was last asked. */
export const sentSince = (): string[] => sent.splice(0);

/** On a page: takes what the server has rendered, and calls `hydrate` at the moment that the test asks for. */
export function startPage(deviceSessions: DeviceSessions, hydrate: (root: HTMLElement) => void): void {
	const snapshot = JSON.parse(document.querySelector("#snapshot")?.textContent ?? "null");
	const query = new URLSearchParams(location.search);
	if (snapshot && !query.has("without-snapshot")) deviceSessions.hydrate(snapshot);
	const start = () => hydrate(document.querySelector("#app") as HTMLElement); // Safe: the server has rendered it.
	if (!query.has("late")) start();
	/** For the test: the first read is over. */
	deviceSessions.listen(({ loadedAt }) => {
		if (loadedAt === null || document.documentElement.dataset["read"]) return;
		document.documentElement.dataset["read"] = "yes";
		// A part of the page that comes last, when all is known.
		if (query.has("late")) start();
	});
}
