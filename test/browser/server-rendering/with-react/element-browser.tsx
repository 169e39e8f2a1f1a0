import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { deviceSessions, root } from "../in-browser.js";
import { Page } from "./element.js";

hydrateRoot(
	root,
	<StrictMode>
		<Page deviceSessions={deviceSessions} />
	</StrictMode>,
);
