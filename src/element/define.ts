import { defineAccountSwitcher } from "./define-account-switcher.js";

defineAccountSwitcher();
