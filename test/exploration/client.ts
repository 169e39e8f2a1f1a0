import { createAuthClient } from "better-auth/client";
import { organizationClient } from "better-auth/client/plugins";
import { pretendAlike } from "../../src/device-sessions/page/environment.js";
import { deviceSessionsClient } from "../../src/index.js";
import type { TestClient, TestClientOptions } from "../../src/testing/index.js";

const setActive = "/organization/set-active";

/** The client of a page whose store is the plugin's, and whose app has organizations. */
export function createClientWithPlugin({ baseURL, fetchOptions }: TestClientOptions): TestClient {
	const own = fetchOptions.customFetchImpl;
	// The kit's server has none. As far as cookies go that call is `update-user`, with nothing in it.
	const customFetchImpl: typeof fetch = (input, init) => {
		const url = String(input);
		return url.endsWith(setActive)
			? own(url.replace(setActive, "/update-user"), { ...init, body: "{}" })
			: own(input, init);
	};
	pretendAlike(own, customFetchImpl);
	return createAuthClient({
		baseURL,
		fetchOptions: { customFetchImpl },
		plugins: [deviceSessionsClient(), organizationClient()],
	});
}
