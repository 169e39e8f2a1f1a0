import { mountAccountSwitcher } from "../../../docs/recipes/plain/account-switcher.js";
import { run } from "./page.js";
import { vanilla } from "./vanilla.js";

let client: ReturnType<typeof vanilla> | undefined;

run({
	createClient: (options) => {
		client = vanilla(options);
		return client;
	},
	mount(host, deviceSessions) {
		const unmount = mountAccountSwitcher(host, deviceSessions);
		const who = host.appendChild(document.createElement("p"));
		who.id = "session";
		const stop = client?.useSession.subscribe(({ data }) => {
			who.textContent = data?.user.name ?? "";
		});
		return () => {
			stop?.();
			unmount();
		};
	},
});
