/** @jsxImportSource solid-js */
import { hydrate } from "solid-js/web";
import { startPage } from "../with-plugin.js";
import { authClient } from "./plugin-client.js";
import { Switcher } from "./plugin-switcher.js";

startPage(authClient.deviceSessions, (root) => hydrate(() => <Switcher authClient={authClient} />, root));
