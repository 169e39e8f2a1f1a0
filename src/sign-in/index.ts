export { Email } from "./email.js";
