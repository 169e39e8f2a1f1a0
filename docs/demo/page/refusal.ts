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
	email: { words: "An e-mail address is wanted.", field: "email" },
	password: { words: "A password is wanted.", field: "password" },
	newPassword: { words: "A new password is wanted.", field: "password" },
	code: { words: "The code is wanted.", field: "code" },
	name: { words: "A name is wanted.", field: "name" },
	slug: { words: "A name with letters or digits is wanted.", field: "name" },
};

const byCode: Readonly<Record<string, Refusal>> = {
	INVALID_EMAIL_OR_PASSWORD: { words: "That e-mail and password don't go together.", field: "password" },
	INVALID_EMAIL: { words: "That is no e-mail address.", field: "email" },
	PASSWORD_TOO_SHORT: { words: "A password takes at least 8 characters.", field: "password" },
	PASSWORD_TOO_LONG: { words: "That password is too long.", field: "password" },
	USER_ALREADY_EXISTS: { words: "That e-mail has an account already. Sign in instead.", field: "email" },
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: {
		words: "That e-mail has an account already. Sign in instead.",
		field: "email",
	},
	INVALID_CODE: { words: "That code is wrong.", field: "code" },
	OTP_HAS_EXPIRED: { words: "That code is too old. Sign in again for a new one.", field: "code" },
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: {
		words: "Too many wrong codes. Sign in again for a new one.",
		field: "code",
	},
	INVALID_TWO_FACTOR_COOKIE: { words: "The sign-in took too long. Start again." },
	INVALID_TOKEN: { words: "This link was used already, or is too old. Go back and ask for a new mail." },
	ORGANIZATION_ALREADY_EXISTS: { words: "There is an organization of that name already.", field: "name" },
	ORGANIZATION_SLUG_ALREADY_TAKEN: { words: "There is an organization of that name already.", field: "name" },
	USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION: { words: "This account is no member of that organization any more." },
	ORGANIZATION_NOT_FOUND: { words: "That organization is gone." },
};

const byKind: Partial<Readonly<Record<OperationErrorKind, string>>> = {
	unauthorized: "Nobody is signed in any more.",
	forbidden: "The server does not let this account do that.",
	"rate-limited": "Too many attempts. Wait a moment.",
	server: "The server has a problem. Try again in a moment.",
	network: "The server can't be reached. Try again in a moment.",
	timeout: "The server takes too long to answer. Try again in a moment.",
	"invalid-response": "The server answered something that can't be read.",
};

/** What a person reads where an operation has failed. */
export function refusalOf(error: OperationError): Refusal {
	const { kind, code, issues = [] } = error;
	const details = [kind, code ?? "", ...issues.map(({ path, expected }) => `${path || "answer"}: ${expected}`)];
	return { ...inWords(error), answer: details.filter(Boolean).join(" · ") };
}

/** A known code first, then the kind. */
function inWords({ kind, code = "", issues: [issue] = [], retryAfter, applied }: OperationError): Refusal {
	if (kind === "invalid-input" && issue) return wanted[issue.path] ?? { words: "Something is missing here." };
	const known = byCode[code];
	if (known) return known;
	if (kind === "rate-limited" && retryAfter !== undefined)
		return { words: `Too many attempts. Wait ${retryAfter} seconds.` };
	if (applied) return { words: "It is done, but the server's answer can't be read." };
	return { words: byKind[kind] ?? "The server did not accept that." };
}
