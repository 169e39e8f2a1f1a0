/**
 * The custom element `<account-switcher>`.
 *
 * @module
 */
export { AccountSwitcher } from "./account-switcher.js";
export { defineAccountSwitcher } from "./define-account-switcher.js";
export type { AccountSwitcherCommand, AccountSwitcherEventMap } from "./events.js";
