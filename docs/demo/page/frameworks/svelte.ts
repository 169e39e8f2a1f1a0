import { mount as mountComponent } from "svelte";
import AccountSwitcher from "../../../recipes/svelte/account-switcher.svelte";
import { addHref } from "../add-href.js";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) => {
	mountComponent(AccountSwitcher, { target: host, props: { deviceSessions, addHref } });
};
