import { mountAccountSwitcher } from "../../../recipes/plain/account-switcher.js";
import { addHref } from "../add-href.js";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) => {
	mountAccountSwitcher(host, deviceSessions, addHref);
};
