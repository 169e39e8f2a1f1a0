import { createSSRApp } from "vue";
import { deviceSessions, root } from "../in-browser.js";
import Switcher from "./account-switcher.vue";

createSSRApp(Switcher, { deviceSessions }).mount(root);
