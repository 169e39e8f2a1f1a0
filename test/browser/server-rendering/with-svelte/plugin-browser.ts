import { hydrate } from "svelte";
import { startPage } from "../with-plugin.js";
import { authClient } from "./plugin-client.js";
import Switcher from "./plugin-switcher.svelte";

startPage(authClient.deviceSessions, (root) => hydrate(Switcher, { target: root, props: { authClient } }));
