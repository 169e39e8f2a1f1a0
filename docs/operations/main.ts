/** `npm run operations`: writes the tables of docs/operations.md, from the operations themselves. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillParts } from "../markdown.js";
import { describeModules } from "./describe.js";
import { modulesAsTables } from "./table.js";

const path = join(import.meta.dirname, "../operations.md");
const before = readFileSync(path, "utf8");
const after = fillParts(before, "operations", { modules: modulesAsTables }, describeModules());
if (after !== before) writeFileSync(path, after);
console.log(`docs/operations.md: ${after === before ? "up to date" : "written"}`);
