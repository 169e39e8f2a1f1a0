import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import type { DeviceSessions } from "device-sessions";
import type { TestClientOptions } from "device-sessions/testing";
import { createRoot } from "react-dom/client";
import { AccountSwitcher } from "../../../docs/recipes/react/account-switcher.js";
import { run } from "./page.js";

const createClient = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [multiSessionClient()] });
let client: ReturnType<typeof createClient> | undefined;

function Who({ useSession }: Pick<ReturnType<typeof createClient>, "useSession">) {
	return <p id="session">{useSession().data?.user.name}</p>;
}

run({
	createClient: (options) => {
		client = createClient(options);
		return client;
	},
	mount(host, deviceSessions: DeviceSessions) {
		const root = createRoot(host);
		root.render(
			<>
				{client && <Who useSession={client.useSession} />}
				<AccountSwitcher deviceSessions={deviceSessions} />
			</>,
		);
		return () => root.unmount();
	},
});
