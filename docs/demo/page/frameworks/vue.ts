import { createApp } from "vue";
import AccountSwitcher from "../../../recipes/vue/account-switcher.vue";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) => {
	createApp(AccountSwitcher, { deviceSessions }).mount(host);
};
