import { hydrate } from "svelte";
import AccountSwitcher from "../../../../docs/recipes/svelte/account-switcher.svelte";
import { deviceSessions, root } from "../in-browser.js";

hydrate(AccountSwitcher, { target: root, props: { deviceSessions } });
