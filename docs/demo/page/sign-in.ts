import { samplePassword } from "../people.js";
import { authClient } from "./client.js";

/** How an attempt to sign in ended. A failure comes in words. */
export type Attempt =
	| { readonly outcome: "signed-in" | "code-wanted" }
	| { readonly outcome: "failed"; readonly words: string };

const sentences: Readonly<Record<string, string>> = {
	INVALID_EMAIL_OR_PASSWORD: "That e-mail and password don't go together.",
	INVALID_EMAIL: "That is no e-mail address.",
	INVALID_PASSWORD: "That password is wrong.",
	PASSWORD_TOO_SHORT: "A password takes at least 8 characters.",
	PASSWORD_TOO_LONG: "That password is too long.",
	USER_ALREADY_EXISTS: "That e-mail has an account already. Sign in instead.",
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "That e-mail has an account already. Sign in instead.",
	INVALID_CODE: "That code is wrong.",
	OTP_HAS_EXPIRED: "That code is too old. Sign in again for a new one.",
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many wrong codes. Sign in again for a new one.",
	INVALID_TWO_FACTOR_COOKIE: "The sign-in took too long. Start again.",
};

interface Answer {
	readonly data: object | null;
	readonly error: { readonly code?: string | undefined; readonly status: number } | null;
}

export function signIn(email: string, password: string): Promise<Attempt> {
	return attempt(async () => {
		const answer = await authClient.signIn.email({ email, password });
		return answer.data && "twoFactorRedirect" in answer.data ? askForCode() : answer;
	});
}

export function signInSample(email: string): Promise<Attempt> {
	return signIn(email, samplePassword);
}

export function signUp(name: string, email: string, password: string): Promise<Attempt> {
	return attempt(() => authClient.signUp.email({ name, email, password }));
}

export function confirmCode(code: string): Promise<Attempt> {
	return attempt(() => authClient.twoFactor.verifyOtp({ code }));
}

async function askForCode(): Promise<Answer | "code-wanted"> {
	const sent = await authClient.twoFactor.sendOtp();
	return sent.error ? sent : "code-wanted";
}

async function attempt(call: () => Promise<Answer | "code-wanted">): Promise<Attempt> {
	try {
		const answer = await call();
		if (answer === "code-wanted") return { outcome: answer };
		if (!answer.error) return { outcome: "signed-in" };
		const { code = "", status } = answer.error;
		if (status === 429) return { outcome: "failed", words: "Too many attempts. Wait a moment." };
		return { outcome: "failed", words: sentences[code] ?? "The server did not accept that." };
	} catch {
		// Better Auth's client throws where no answer came.
		return { outcome: "failed", words: "The server can't be reached. Try again in a moment." };
	}
}
