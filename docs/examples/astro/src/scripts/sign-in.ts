import { authClient } from "./auth-client";

const form = document.querySelector<HTMLFormElement>("#sign-in");
const problem = form?.querySelector<HTMLElement>("[role=alert]");

form?.addEventListener("submit", async (event) => {
	event.preventDefault();
	const data = new FormData(form, event.submitter);
	const [name = "", email = "", password = ""] = ["name", "email", "password"].map((field) => String(data.get(field)));
	const { error } = data.has("new")
		? await authClient.signUp.email({ name: name || email, email, password })
		: await authClient.signIn.email({ email, password });
	if (!error) location.assign("/notes");
	else if (problem) {
		problem.textContent = error.message ?? "Something went wrong. Try again.";
		problem.hidden = false;
	}
});
