export { GetSession } from "./get-session.js";
export { RevokeSession } from "./revoke-session.js";
export { SignOut } from "./sign-out.js";
