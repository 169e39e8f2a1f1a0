/**
 * Operations of the organization plugin.
 *
 * @module
 */
export { CheckSlug } from "./check-slug.js";
export { Create } from "./create.js";
export { Delete } from "./delete.js";
export { GetFull } from "./get-full.js";
export { HasPermission } from "./has-permission.js";
export * as Invitations from "./invitations/index.js";
export { Leave } from "./leave.js";
export { List } from "./list.js";
export * as Members from "./members/index.js";
export { SetActive } from "./set-active.js";
export { Update } from "./update.js";
