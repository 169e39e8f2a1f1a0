/**
 * Operations of the multi-session plugin, one request each.
 *
 * @module
 */
export { ListSessions } from "./list-sessions.js";
export { Revoke } from "./revoke.js";
export { SetActive } from "./set-active.js";
