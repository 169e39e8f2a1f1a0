import type { AccountSwitcher } from "./account-switcher.js";
import type { AccountSwitcherEventMap } from "./events.js";

/** What can be set, by property. */
export type Settings = Partial<
	Pick<AccountSwitcher, "store" | "messages" | "badge" | "addHref" | "manageHref" | "placement" | "showName" | "inline">
>;

/** What can be set in markup. */
export interface Attributes {
	"add-href"?: string | null | undefined;
	"manage-href"?: string | null | undefined;
	placement?: "start" | "end" | undefined;
	"show-name"?: boolean | "" | undefined;
	inline?: boolean | "" | undefined;
}

/** A handler for each event, named as a framework names it: `onaccount-select`, `on:account-select`. */
export type Listeners<Prefix extends string> = {
	[Name in keyof AccountSwitcherEventMap as `${Prefix}${Name}`]?:
		| ((event: AccountSwitcherEventMap[Name]) => void)
		| undefined;
};
