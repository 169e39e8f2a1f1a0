import { isObject } from "./is-object.js";

/** Every text in what was sent: in objects, lists, Headers and the like. */
export function textsIn(value: unknown): string[] {
	if (!isObject(value)) return typeof value === "string" ? [value] : [];
	// Safe: what has an iterator is iterable.
	return [...(Symbol.iterator in value ? (value as Iterable<unknown>) : Object.values(value))].flatMap(textsIn);
}

/** Letters and digits alone, without words that codes are made of: somebody's password may be made of them, too. */
const bare = (text: string) =>
	text.toLowerCase().replace(/[^a-z\d]|password|invalid|session|member|organization|callback/g, "");

/** Whether a server's code holds part of what was sent, in whatever spelling: six letters on end, or four digits. */
export const isEcho = (code: string, sent: string): boolean =>
	/(\d{4}|\w{6})\w*\n\w*\1/.test(`${bare(code)}\n${bare(sent)}`);
