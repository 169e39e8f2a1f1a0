import { defineAccountSwitcher } from "device-sessions/element";
import { deviceSessions } from "./auth-client";

defineAccountSwitcher();
const switcher = document.querySelector("account-switcher");
if (switcher) switcher.store = deviceSessions;
