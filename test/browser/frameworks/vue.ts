import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/vue";
import type { TestClientOptions } from "device-sessions/testing";
import { createApp, defineComponent, h } from "vue";
import AccountSwitcher from "../../../docs/recipes/vue/account-switcher.vue";
import { run } from "./page.js";

const createClient = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [multiSessionClient()] });
let client: ReturnType<typeof createClient> | undefined;

const Who = defineComponent(() => {
	const session = client?.useSession();
	return () => h("p", { id: "session" }, session?.value.data?.user.name);
});

run({
	createClient: (options) => {
		client = createClient(options);
		return client;
	},
	mount(host, deviceSessions) {
		const app = createApp(() => [client && h(Who), h(AccountSwitcher, { deviceSessions })]);
		app.mount(host);
		return () => app.unmount();
	},
});
