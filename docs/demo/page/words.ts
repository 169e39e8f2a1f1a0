import { maximumSessions } from "../people.js";
import type { Row } from "./client.js";

/** What to know before one more account is added, if anything. */
export function fullWarning(rows: readonly Row[]): string | null {
	const unlisted = rows.find((row) => !row.listed);
	if (unlisted) return `If you sign in to another account now, ${unlisted.user.name} is signed out.`;
	if (rows.length < maximumSessions) return null;
	return `You can be signed in to ${maximumSessions} accounts. You can sign in to one more, but it is signed out when you switch to another.`;
}
