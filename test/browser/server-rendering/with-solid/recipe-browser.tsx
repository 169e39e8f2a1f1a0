/** @jsxImportSource solid-js */
import { hydrate } from "solid-js/web";
import { AccountSwitcher } from "../../../../docs/recipes/solid/account-switcher.js";
import { deviceSessions, root } from "../in-browser.js";

hydrate(() => <AccountSwitcher deviceSessions={deviceSessions} />, root);
