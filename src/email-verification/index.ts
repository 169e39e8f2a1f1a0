/**
 * Operations that confirm an email address.
 *
 * @module
 */
export { Send } from "./send.js";
export { Verify } from "./verify.js";
