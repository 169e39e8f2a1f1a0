import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { deviceSessions, root } from "../in-browser.js";
import { Switcher } from "./switcher.js";

hydrateRoot(
	root,
	<StrictMode>
		<Switcher deviceSessions={deviceSessions} />
	</StrictMode>,
);
