import { deviceSessions } from "./auth-client";
import { follow, shown } from "./follow";
import { WrongAccount } from "./wrong-account";

const form = document.querySelector<HTMLFormElement>("#new-note");
const input = form?.querySelector("input");
// Whoever's page it was when the first letter was written is who the draft is of.
let draft = { text: "", of: "" };

input?.addEventListener("input", () => {
	draft = { text: input.value, of: draft.text ? draft.of : shown() };
});

async function save(event?: Event) {
	event?.preventDefault();
	const init = { method: "POST", body: draft.text, headers: { "x-account": draft.of } };
	// No answer, most likely offline: the draft stays, and the switcher says what is wrong.
	const answer = await fetch("/api/notes", init).catch(() => null);
	if (!answer?.ok) {
		if (answer?.status === 409) offer(draft.of);
		// The cookies may have changed past this page.
		await deviceSessions.refetch();
		return;
	}
	draft = { text: "", of: "" };
	form?.reset();
	form?.querySelector("wrong-account")?.remove();
	await follow();
}

function offer(means: string) {
	const refused = new WrongAccount();
	refused.setAttribute("means", means);
	refused.addEventListener("switched", () => save());
	form?.querySelector("wrong-account")?.remove();
	form?.prepend(refused);
}

form?.addEventListener("submit", save);
