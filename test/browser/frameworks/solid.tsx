/** @jsxImportSource solid-js */
import { multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/solid";
import type { TestClientOptions } from "device-sessions/testing";
import { Show } from "solid-js";
import { render } from "solid-js/web";
import { AccountSwitcher } from "../../../docs/recipes/solid/account-switcher.js";
import { run } from "./page.js";

const createClient = (options: TestClientOptions) => createAuthClient({ ...options, plugins: [multiSessionClient()] });
let client: ReturnType<typeof createClient> | undefined;

function Who({ useSession }: Pick<ReturnType<typeof createClient>, "useSession">) {
	const session = useSession();
	return <p id="session">{session().data?.user.name}</p>;
}

run({
	createClient: (options) => {
		client = createClient(options);
		return client;
	},
	mount: (host, deviceSessions) =>
		render(
			() => (
				<>
					<Show when={client}>{(own) => <Who useSession={own().useSession} />}</Show>
					<AccountSwitcher deviceSessions={deviceSessions} />
				</>
			),
			host,
		),
});
