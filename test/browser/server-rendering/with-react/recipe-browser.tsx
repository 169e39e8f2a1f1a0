import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { AccountSwitcher } from "../../../../docs/recipes/react/account-switcher.js";
import { deviceSessions, root } from "../in-browser.js";

hydrateRoot(
	root,
	<StrictMode>
		<AccountSwitcher deviceSessions={deviceSessions} />
	</StrictMode>,
);
