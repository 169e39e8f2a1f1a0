/** @jsxImportSource solid-js */
import "device-sessions/element/define";
import { hydrate } from "solid-js/web";
import { deviceSessions, root } from "../in-browser.js";
import { Page } from "./element.js";

hydrate(() => <Page deviceSessions={deviceSessions} />, root);
