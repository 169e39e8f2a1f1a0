/**
 * Operations that sign up.
 *
 * @module
 */
export { Email } from "./email.js";
