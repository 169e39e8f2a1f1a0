"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useDeviceSessions } from "./device-sessions";
import { WrongAccount } from "./wrong-account";

/** `account`: the id of the user whose page this is. */
export function NoteForm({ account }: { account: string }) {
	const { deviceSessions } = useDeviceSessions();
	const router = useRouter();
	// Whoever's page it was when the first letter was written is who the draft is of.
	const [draft, setDraft] = useState({ text: "", of: "" });
	const [refused, setRefused] = useState<string | null>(null);

	async function save() {
		const init = { method: "POST", body: draft.text, headers: { "x-account": draft.of } };
		// No answer, most likely offline: the draft stays, and the switcher says what is wrong.
		const answer = await fetch("/api/notes", init).catch(() => null);
		if (!answer?.ok) {
			if (answer?.status === 409) setRefused(draft.of);
			// The cookies may have changed past this page.
			await deviceSessions.refetch();
			return;
		}
		setRefused(null);
		setDraft({ text: "", of: "" });
		router.refresh();
	}
	return (
		<>
			{refused === draft.of && refused !== account && <WrongAccount means={refused} onSwitched={save} />}
			<form action={save}>
				<label>
					New note{" "}
					<input
						required
						value={draft.text}
						onChange={({ target }) => setDraft({ text: target.value, of: draft.text ? draft.of : account })}
					/>
				</label>
				<button type="submit">Save</button>
			</form>
		</>
	);
}
