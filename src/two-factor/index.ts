/**
 * Operations of the two-factor plugin.
 *
 * @module
 */
export { Disable } from "./disable.js";
export { Enable } from "./enable.js";
export { GenerateBackupCodes } from "./generate-backup-codes.js";
export { GetTotpUri } from "./get-totp-uri.js";
export { SendOtp } from "./send-otp.js";
export { VerifyBackupCode } from "./verify-backup-code.js";
export { VerifyOtp } from "./verify-otp.js";
export { VerifyTotp } from "./verify-totp.js";
