import { createFetch, showMail } from "../../../docs/recipes/caches/fetch.js";
import { deviceSessions, start } from "./page.js";

showMail(createFetch(deviceSessions), document.getElementById("mail") ?? document.body);
start();
