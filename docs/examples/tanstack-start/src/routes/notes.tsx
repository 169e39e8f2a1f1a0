import { createFileRoute } from "@tanstack/react-router";
import { NoteForm } from "../components/note-form";
import { WrongAccount } from "../components/wrong-account";
import { loadNotes, setPageStatus } from "../lib/loads";

export const Route = createFileRoute("/notes")({
	// A link may mean another account than the one that is active.
	validateSearch: ({ account }): { account?: string } => (account === undefined ? {} : { account: String(account) }),
	loaderDeps: ({ search: { account } }) => ({ means: account }),
	async loader({ deps: { means } }) {
		const page = await loadNotes({ data: means });
		if (!page) setPageStatus(409);
		return page;
	},
	component: Notes,
});

function Notes() {
	const page = Route.useLoaderData();
	const { account } = Route.useSearch();
	if (!page) return <WrongAccount means={account ?? ""} />;
	return (
		<>
			<h1>Notes of {page.user.name}</h1>
			<ul>
				{page.notes.map(({ id, text }) => (
					<li key={id}>{text}</li>
				))}
			</ul>
			<NoteForm account={page.user.id} />
		</>
	);
}
