export { Send } from "./send.js";
export { Verify } from "./verify.js";
