import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { AccountSwitcher } from "../../../recipes/react/account-switcher.js";
import { addHref } from "../add-href.js";
import type { Mount } from "../frameworks.js";

export const mount: Mount = (host, deviceSessions) =>
	createRoot(host).render(createElement(AccountSwitcher, { deviceSessions, addHref }));
