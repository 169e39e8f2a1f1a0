/** `npm run operations`: writes the tables of docs/operations.md, from the operations themselves. */
import { rewrite } from "../rewrite.js";
import { describeModules } from "./describe.js";
import { fill } from "./table.js";

rewrite("docs/operations.md", (before) => fill(before, describeModules()));
