/**
 * Operations that change, reset or set a password.
 *
 * @module
 */
export { Change } from "./change.js";
export { Forgot } from "./forgot.js";
export { Reset } from "./reset.js";
export { type PasswordServer, SetPassword as Set } from "./set.js";
