import { createApp } from "vue";
import AccountSwitcher from "../../../recipes/vue/account-switcher.vue";
import { addHref } from "../add-href.js";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) => {
	createApp(AccountSwitcher, { deviceSessions, addHref }).mount(host);
};
