import { redirect } from "next/navigation";
import { NoteForm } from "../../components/note-form";
import { notesOf } from "../../server/notes";
import { getSession } from "../../server/session";

export default async function Page() {
	const session = await getSession();
	if (!session) redirect("/sign-in");
	const { id, name } = session.user;
	return (
		<>
			<h1>Notes of {name}</h1>
			<ul>
				{notesOf(id).map((note) => (
					<li key={note.id}>{note.text}</li>
				))}
			</ul>
			<NoteForm account={id} />
		</>
	);
}
