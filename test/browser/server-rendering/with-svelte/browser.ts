import { hydrate } from "svelte";
import { deviceSessions, root } from "../in-browser.js";
import Switcher from "./switcher.svelte";

hydrate(Switcher, { target: root, props: { deviceSessions } });
