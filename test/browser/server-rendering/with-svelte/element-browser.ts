import "device-sessions/element/define";
import { hydrate } from "svelte";
import { deviceSessions, root } from "../in-browser.js";
import Page from "./element.svelte";

hydrate(Page, { target: root, props: { deviceSessions } });
