import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/svelte";
import type { TestClientOptions } from "device-sessions/testing";
import { mount, unmount } from "svelte";
import AccountSwitcher from "../../../docs/recipes/svelte/account-switcher.svelte";
import { run } from "./page.js";
import Who from "./who.svelte";

const createClient = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [multiSessionClient()] });
let client: ReturnType<typeof createClient> | undefined;

run({
	createClient: (options) => {
		client = createClient(options);
		return client;
	},
	mount(host, deviceSessions) {
		const components = [mount(AccountSwitcher, { target: host, props: { deviceSessions } })];
		if (client) components.push(mount(Who, { target: host, props: { client } }));
		return () => {
			for (const component of components) void unmount(component);
		};
	},
});
