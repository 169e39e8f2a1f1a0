/** @jsxImportSource solid-js */
import { hydrate } from "solid-js/web";
import { deviceSessions, root } from "../in-browser.js";
import { Switcher } from "./switcher.js";

hydrate(() => <Switcher deviceSessions={deviceSessions} />, root);
