import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { startPage } from "../with-plugin.js";
import { authClient } from "./plugin-client.js";
import { Switcher } from "./plugin-switcher.js";

startPage(authClient.deviceSessions, (root) =>
	hydrateRoot(
		root,
		<StrictMode>
			<Switcher authClient={authClient} />
		</StrictMode>,
	),
);
