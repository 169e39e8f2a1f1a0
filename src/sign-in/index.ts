/**
 * Operations that sign in.
 *
 * @module
 */
export { Email } from "./email.js";
