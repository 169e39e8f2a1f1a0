/** `npm run custom-elements`: writes docs/custom-elements.json, what editors and catalogs of components read of the element. */
import { rewrite } from "../rewrite.js";
import { describeElement } from "./describe.js";

rewrite("docs/custom-elements.json", () => `${JSON.stringify(describeElement(), null, "\t")}\n`);
