import "device-sessions/element/define";
import { createSSRApp } from "vue";
import { deviceSessions, root } from "../in-browser.js";
import Page from "./element-page.vue";

createSSRApp(Page, { deviceSessions }).mount(root);
