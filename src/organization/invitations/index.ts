/**
 * Operations on an organization's invitations.
 *
 * @module
 */
export { Accept } from "./accept.js";
export { Cancel } from "./cancel.js";
export { Create } from "./create.js";
export { Get } from "./get.js";
export { List } from "./list.js";
export { Reject } from "./reject.js";
