/**
 * The element's tag in Solid's JSX: types only.
 *
 * @module
 */
import type { JSX } from "solid-js";
import type { AccountSwitcher } from "./account-switcher.js";
import type { Attributes, Listeners, Settings } from "./settings.js";

type Properties = { [Name in keyof Settings as `prop:${Name}`]?: Settings[Name] };

/** What the tag takes in JSX. */
export type AccountSwitcherTag = JSX.HTMLAttributes<AccountSwitcher> & Properties & Attributes & Listeners<"on:">;

declare module "solid-js" {
	namespace JSX {
		interface IntrinsicElements {
			"account-switcher": AccountSwitcherTag;
		}
	}
}
