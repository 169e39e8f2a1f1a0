/** `npm run statechart`: writes what the pages show of the machine, from the machine itself. */
import { deviceSessionsMachine } from "device-sessions";
import { rewrite } from "../rewrite.js";
import { fill, pages } from "./pages.js";

for (const page of pages) rewrite(page, (before) => fill(before, deviceSessionsMachine));
