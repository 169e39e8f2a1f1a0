export default defineAccountHandler(({ id }) => notesOf(id));
