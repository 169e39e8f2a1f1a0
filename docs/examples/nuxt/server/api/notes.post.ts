export default defineAccountHandler(async ({ id }, event) => {
	addNote(id, (await readRawBody(event)) ?? "");
	return sendNoContent(event);
});
