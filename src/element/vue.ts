/**
 * The element's tag in Vue's templates: types only.
 *
 * @module
 */
import type { HTMLAttributes } from "vue";
import type { AccountSwitcherEventMap } from "./events.js";
import type { Settings } from "./settings.js";

/** `@account-select` in a template is `onAccountSelect`. */
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
	? `${First}${Capitalize<Camel<Rest>>}`
	: Name;
type Handlers = {
	[Name in keyof AccountSwitcherEventMap as `on${Capitalize<Camel<Name>>}`]?: (
		event: AccountSwitcherEventMap[Name],
	) => void;
};

declare module "vue" {
	interface GlobalComponents {
		"account-switcher": new () => { $props: HTMLAttributes & Settings & Handlers };
	}
}
