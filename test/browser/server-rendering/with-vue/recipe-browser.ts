import { createSSRApp } from "vue";
import AccountSwitcher from "../../../../docs/recipes/vue/account-switcher.vue";
import { deviceSessions, root } from "../in-browser.js";

createSSRApp(AccountSwitcher, { deviceSessions }).mount(root);
