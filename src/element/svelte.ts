/**
 * The element's tag in Svelte's templates: types only.
 *
 * @module
 */
import type { HTMLAttributes } from "svelte/elements";
import type { AccountSwitcher } from "./account-switcher.js";
import type { Attributes, Listeners, Settings } from "./settings.js";

/** What the tag takes in a component. */
export type AccountSwitcherTag = HTMLAttributes<AccountSwitcher> & Settings & Attributes & Listeners<"on">;

declare module "svelte/elements" {
	interface SvelteHTMLElements {
		"account-switcher": AccountSwitcherTag;
	}
}
