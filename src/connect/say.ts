import type { Messages, PartialMessages, Text } from "./messages.js";
import type { spoken } from "./spoken.js";

/** What a text is called. */
export type Name = Exclude<keyof Messages, "errors">;

export type SpokenName = Extract<keyof typeof spoken, Name>;

/** Says one of the texts that `connect` has, or all of them where the words of the element are there too. */
export type Say<Known extends Name = SpokenName> = (name: Known, values?: object) => string;

/** Replaces in one go: a name that holds "{email}" or "$&" stays as it is. */
export function fill(text: Text<never> | Text<string>, values: object = {}): string {
	// Safe: who says a text has its values at hand, and reads them only.
	const known = values as Record<string, string>;
	return typeof text === "function"
		? text(known)
		: text.replace(/{(\w+)}/g, (place, name: string) => known[name] ?? place);
}

/** Says a text of `messages`, else the built-in one. */
export const createSay =
	<Known extends Name>(messages: PartialMessages | undefined, builtIn: Pick<Messages, Known>): Say<Known> =>
	(name, values) =>
		// Safe: as in `fill`.
		fill((messages?.[name] ?? builtIn[name]) as Text<string>, values);
