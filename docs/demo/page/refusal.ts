import type { OperationError, OperationErrorKind } from "device-sessions";

/** Why a form was not taken, in words, and the field that they are about where it is one. */
export interface Refusal {
	readonly words: string;
	readonly field?: string;
	/** For whoever builds a form of their own: what the operation answered. */
	readonly answer?: string;
}

/** What an operation wants of its payload, by the path that its issue names: nothing was sent then. */
const wanted: Readonly<Record<string, Refusal>> = {
	email: { words: "Enter your email address", field: "email" },
	password: { words: "Enter your password", field: "password" },
	newPassword: { words: "Enter a new password", field: "password" },
	code: { words: "Enter the code", field: "code" },
	name: { words: "Enter a name", field: "name" },
	slug: { words: "Enter a name with letters or digits", field: "name" },
};

const byCode: Readonly<Record<string, Refusal>> = {
	INVALID_EMAIL_OR_PASSWORD: { words: "Incorrect email or password", field: "password" },
	INVALID_EMAIL: { words: "Enter a valid email address", field: "email" },
	PASSWORD_TOO_SHORT: { words: "Use at least 8 characters", field: "password" },
	PASSWORD_TOO_LONG: { words: "That password is too long", field: "password" },
	USER_ALREADY_EXISTS: { words: "This email address already has an account. Sign in instead", field: "email" },
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: {
		words: "This email address already has an account. Sign in instead",
		field: "email",
	},
	INVALID_CODE: { words: "Incorrect code", field: "code" },
	OTP_HAS_EXPIRED: { words: "This code has expired. Sign in again to get a new one", field: "code" },
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: {
		words: "Too many incorrect codes. Sign in again to get a new one",
		field: "code",
	},
	INVALID_TWO_FACTOR_COOKIE: { words: "The sign-in took too long. Start again" },
	INVALID_TOKEN: { words: "This link was already used or has expired. Go back to get a new one" },
	ORGANIZATION_ALREADY_EXISTS: { words: "An organization with this name already exists", field: "name" },
	ORGANIZATION_SLUG_ALREADY_TAKEN: { words: "An organization with this name already exists", field: "name" },
	USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION: { words: "This account is no longer a member of that organization" },
	ORGANIZATION_NOT_FOUND: { words: "That organization no longer exists" },
};

const byKind: Partial<Readonly<Record<OperationErrorKind, string>>> = {
	unauthorized: "Nobody is signed in anymore",
	forbidden: "This account can't do that",
	"rate-limited": "Too many tries. Try again in a moment",
	server: "The server has a problem. Try again in a moment",
	network: "Can't reach the server. Try again",
	timeout: "The server takes too long. Try again",
	"invalid-response": "The server's answer can't be read. Try again",
};

/** What a person reads where an operation has failed. */
export function refusalOf(error: OperationError): Refusal {
	const { kind, code, issues = [] } = error;
	const details = [kind, code ?? "", ...issues.map(({ path, expected }) => `${path || "answer"}: ${expected}`)];
	return { ...inWords(error), answer: details.filter(Boolean).join(" · ") };
}

/** A known code first, then the kind. */
function inWords({ kind, code = "", issues: [issue] = [], retryAfter, applied }: OperationError): Refusal {
	if (kind === "invalid-input" && issue) return wanted[issue.path] ?? { words: "Something is missing" };
	const known = byCode[code];
	if (known) return known;
	if (kind === "rate-limited" && retryAfter !== undefined)
		return { words: `Too many tries. Try again in ${retryAfter} seconds` };
	if (applied) return { words: "Done, but the server's answer can't be read" };
	return { words: byKind[kind] ?? "The server did not accept that" };
}
