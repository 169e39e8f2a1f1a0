/** What the server refuses with: the status, and the words of Better Auth's. */
export const errors = {
	INVALID_SESSION_TOKEN: [401, "Invalid session token"],
	UNAUTHORIZED: [401, "Unauthorized"],
	INVALID_EMAIL_OR_PASSWORD: [401, "Invalid email or password"],
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: [422, "User already exists. Use another email."],
	VALIDATION_ERROR: [400, "Invalid input"],
	INVALID_PASSWORD: [400, "Invalid password"],
	PASSWORD_TOO_SHORT: [400, "Password too short"],
	EMAIL_CAN_NOT_BE_UPDATED: [400, "Email can not be updated"],
	INVALID_TWO_FACTOR_COOKIE: [401, "Invalid two factor cookie"],
	INVALID_CODE: [401, "Invalid code"],
	TOTP_NOT_ENABLED: [400, "TOTP not enabled"],
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [400, "Too many attempts. Please request a new code."],
	ACCOUNT_TEMPORARILY_LOCKED: [
		429,
		"Too many failed verification attempts. Your account is temporarily locked. Please try again later.",
	],
} as const;

export type ErrorCode = keyof typeof errors;
