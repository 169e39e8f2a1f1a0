/**
 * Operations of Better Auth's core: the active session.
 *
 * @module
 */
export { GetSession } from "./get-session.js";
export { RevokeSession } from "./revoke-session.js";
export { SignOut } from "./sign-out.js";
