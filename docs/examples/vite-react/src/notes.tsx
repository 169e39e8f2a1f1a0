import { useCallback, useEffect, useState } from "react";
import type { Note } from "../server/notes";
import { useDeviceSessions } from "./device-sessions";
import { WrongAccount } from "./wrong-account";

/** Says which account a request means: the server refuses with 409 where its cookies say another. */
const fetchNotes = (account: string, init?: RequestInit) =>
	fetch("/api/notes", { ...init, headers: { "x-account": account } });

export function Notes({ means }: { means: string | null }) {
	const { deviceSessions, active, isPending } = useDeviceSessions();
	const [notes, setNotes] = useState<{ of: string; list: Note[] }>();
	// Whoever was active when the first letter was written is who the draft is of.
	const [draft, setDraft] = useState({ text: "", of: "" });
	const [refused, setRefused] = useState<string | null>(null);
	const userId = active?.user.id;
	// A link may mean somebody else. Whoever has switched since, to whomever, has chosen.
	const [arrived] = useState(userId);
	const [isLink, setIsLink] = useState(means !== null && means !== userId);
	if (isLink && userId !== arrived) setIsLink(false);

	useEffect(() => {
		if (userId === arrived) return;
		const url = new URL(location.href);
		url.searchParams.delete("account");
		history.replaceState(history.state, "", url);
	}, [userId, arrived]);

	const load = useCallback(
		async (of: string, signal?: AbortSignal) => {
			const answer = await fetchNotes(of, signal && { signal });
			if (answer.ok) setNotes({ of, list: await answer.json() });
			else await deviceSessions.refetch();
		},
		[deviceSessions],
	);
	useEffect(() => {
		if (!userId) return;
		const stop = new AbortController();
		load(userId, stop.signal).catch(() => {}); // Aborted, or offline.
		return () => stop.abort();
	}, [userId, load]);
	useEffect(() => {
		if (!isPending && !active) location.assign("/sign-in");
	}, [isPending, active]);

	async function save() {
		// No answer, most likely offline: the draft stays, and the switcher says what is wrong.
		const answer = await fetchNotes(draft.of, { method: "POST", body: draft.text }).catch(() => null);
		if (!answer?.ok) {
			if (answer?.status === 409) setRefused(draft.of);
			// The cookies may have changed past this page.
			await deviceSessions.refetch();
			return;
		}
		setRefused(null);
		setDraft({ text: "", of: "" });
		await load(draft.of).catch(() => {}); // The note is saved all the same.
	}
	if (!active) return null;
	if (isLink && means) return <WrongAccount means={means} />;
	return (
		<>
			<h1>Notes of {active.user.name}</h1>
			<ul>{notes?.of === userId && notes?.list.map(({ id, text }) => <li key={id}>{text}</li>)}</ul>
			{refused === draft.of && refused !== userId && <WrongAccount means={refused} onSwitched={save} />}
			<form action={save}>
				<label>
					New note{" "}
					<input
						required
						value={draft.text}
						onChange={({ target }) => setDraft({ text: target.value, of: draft.text ? draft.of : active.user.id })}
					/>
				</label>
				<button type="submit">Save</button>
			</form>
		</>
	);
}
