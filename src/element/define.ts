/**
 * Registers `<account-switcher>` where it is imported.
 *
 * @module
 */
import { defineAccountSwitcher } from "./define-account-switcher.js";

defineAccountSwitcher();
