import { createComponent } from "solid-js";
import { render } from "solid-js/web";
import { AccountSwitcher } from "../../../recipes/solid/account-switcher.js";
import { addHref } from "../add-href.js";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) => {
	render(() => createComponent(AccountSwitcher, { deviceSessions, addHref }), host);
};
