import { createAuthClient } from "better-auth/client";
import { multiSessionClient, organizationClient } from "better-auth/client/plugins";
import { clockOf, pageOf, pretend, pretendAlike } from "../../src/device-sessions/page/environment.js";
import { type DeviceSessionsOptions, deviceSessionsClient } from "../../src/index.js";
import type { TestClient, TestClientOptions } from "../../src/testing/index.js";
import type { Scene } from "./scene.js";
import type { Watch } from "./watch.js";

const setActive = "/organization/set-active";

/** How the clients of a run are made, page by page. Without the plugin the store is made later, of the same surroundings. */
export function createClients(
	watch: Watch,
	{ hasPlugin, plant }: Pick<Scene, "hasPlugin" | "plant">,
	optionsOf: (tab: number) => DeviceSessionsOptions,
) {
	const fetches: (typeof fetch)[] = [];
	return {
		create({ baseURL, fetchOptions }: TestClientOptions): TestClient {
			const own = fetchOptions.customFetchImpl;
			const tab = fetches.push(own) - 1;
			watch.enter(tab);
			watch.surround(tab, own);
			const [page, clock] = [pageOf(own), clockOf(own)];
			if (plant && page && clock) pretend(own, { page: plant(page), clock });
			if (!hasPlugin) return createAuthClient({ baseURL, fetchOptions, plugins: [multiSessionClient()] });
			// The kit's server has no organizations. As far as cookies go that call is `update-user`, with nothing in it.
			const customFetchImpl: typeof fetch = (input, init) => {
				const url = String(input);
				return url.endsWith(setActive)
					? own(url.replace(setActive, "/update-user"), { ...init, body: "{}" })
					: own(input, init);
			};
			pretendAlike(own, customFetchImpl);
			const plugins = [deviceSessionsClient(optionsOf(tab)), organizationClient()];
			return createAuthClient({ baseURL, fetchOptions: { customFetchImpl }, plugins });
		},
		/** The page of this client is the watched one, as the kit does not know. */
		watched(tab: number, client: TestClient): TestClient {
			pretendAlike(fetches[tab], client);
			return client;
		},
	};
}
