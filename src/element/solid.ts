import type { JSX as SolidJSX } from "solid-js";
import type { AccountSwitcher } from "./account-switcher.js";
import type { Attributes, Listeners, Settings } from "./settings.js";

type Properties = { [Name in keyof Settings as `prop:${Name}`]?: Settings[Name] };

declare module "solid-js" {
	namespace JSX {
		interface IntrinsicElements {
			"account-switcher": SolidJSX.HTMLAttributes<AccountSwitcher> & Properties & Attributes & Listeners<"on:">;
		}
	}
}
