import { type OperationError, SignIn, SignUp, TwoFactor } from "device-sessions";
import { samplePassword } from "../people.js";
import { authClient } from "./client.js";

/** How an attempt to sign in ended. */
export type Attempt =
	| { readonly outcome: "signed-in" | "code-wanted" }
	| { readonly outcome: "failed"; readonly error: OperationError };

/** The answer is a user, or that a code is wanted first. */
export async function signIn(email: string, password: string): Promise<Attempt> {
	const { data, error } = await SignIn.Email(authClient, { email, password });
	if (error) return { outcome: "failed", error };
	return data.twoFactorRedirect ? sendCode() : { outcome: "signed-in" };
}

export function signInSample(email: string): Promise<Attempt> {
	return signIn(email, samplePassword);
}

export async function signUp(name: string, email: string, password: string): Promise<Attempt> {
	const { error } = await SignUp.Email(authClient, { name, email, password });
	return error ? { outcome: "failed", error } : { outcome: "signed-in" };
}

async function sendCode(): Promise<Attempt> {
	const { error } = await TwoFactor.SendOtp(authClient, {});
	return error ? { outcome: "failed", error } : { outcome: "code-wanted" };
}
