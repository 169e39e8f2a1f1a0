import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app";
import { authClient } from "./auth-client";

const json = document.querySelector("#device-sessions")?.textContent;
if (json) authClient.deviceSessions.hydrate(JSON.parse(json));

const root = document.querySelector("#root");
if (root)
	hydrateRoot(
		root,
		<StrictMode>
			<App path={location.pathname} means={new URLSearchParams(location.search).get("account")} />
		</StrictMode>,
	);
