export interface Note {
	readonly id: string;
	readonly text: string;
}

/** By the id of the user. Gone when the server ends. */
const notes = new Map<string, readonly Note[]>();

export const notesOf = (userId: string): readonly Note[] => notes.get(userId) ?? [];

export function addNote(userId: string, text: string): void {
	notes.set(userId, [...notesOf(userId), { id: crypto.randomUUID(), text }]);
}
