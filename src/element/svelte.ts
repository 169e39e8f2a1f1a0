import type { HTMLAttributes } from "svelte/elements";
import type { AccountSwitcher } from "./account-switcher.js";
import type { Attributes, Listeners, Settings } from "./settings.js";

declare module "svelte/elements" {
	interface SvelteHTMLElements {
		"account-switcher": HTMLAttributes<AccountSwitcher> & Settings & Attributes & Listeners<"on">;
	}
}
