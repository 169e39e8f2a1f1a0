import { createFileRoute } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { authClient } from "../lib/auth-client";

export const Route = createFileRoute("/sign-in")({ component: SignIn });

function SignIn() {
	const [problem, setProblem] = useState<string | null>(null);

	async function submit(event: SubmitEvent<HTMLFormElement>) {
		event.preventDefault();
		const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
		const [name = "", email = "", password = ""] = ["name", "email", "password"].map((field) =>
			String(data.get(field)),
		);
		const { error } = data.has("new")
			? await authClient.signUp.email({ name: name || email, email, password })
			: await authClient.signIn.email({ email, password });
		if (error) return setProblem(error.message ?? "Something went wrong. Try again.");
		// Loaded, since what the router keeps is of whoever was active before.
		location.assign("/notes");
	}
	return (
		<form method="post" onSubmit={submit}>
			<h1>Sign in</h1>
			{problem && <p role="alert">{problem}</p>}
			<label>
				Email <input name="email" type="email" autoComplete="username" required />
			</label>
			<label>
				Password <input name="password" type="password" autoComplete="current-password" minLength={8} required />
			</label>
			<button type="submit">Sign in</button>
			<fieldset>
				<legend>New here?</legend>
				<label>
					Name <input name="name" autoComplete="name" />
				</label>
				<button type="submit" name="new" value="yes">
					Create account
				</button>
			</fieldset>
		</form>
	);
}
