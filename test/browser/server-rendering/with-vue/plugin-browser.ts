import { createSSRApp } from "vue";
import { startPage } from "../with-plugin.js";
import { authClient } from "./plugin-client.js";
import Switcher from "./plugin-switcher.vue";

const { useDeviceSessions, deviceSessions } = authClient;
const { setActive } = deviceSessions;

startPage(deviceSessions, (root) => createSSRApp(Switcher, { useDeviceSessions, setActive }).mount(root));
