import { createSSRApp } from "vue";
import { startPage } from "../with-plugin.js";
import { authClient } from "./plugin-client.js";
import Switcher from "./plugin-switcher.vue";

startPage(authClient.deviceSessions, (root) => createSSRApp(Switcher, { authClient }).mount(root));
