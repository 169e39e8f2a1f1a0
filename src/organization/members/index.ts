/**
 * Operations on an organization's members.
 *
 * @module
 */
export { GetActive } from "./get-active.js";
export { List } from "./list.js";
export { Remove } from "./remove.js";
export { UpdateRole } from "./update-role.js";
