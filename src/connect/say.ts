import type { Messages, PartialMessages, Text } from "./messages.js";
import { spoken } from "./spoken.js";

/** What a text is called. */
export type Name = Exclude<keyof Messages, "errors">;

export type SpokenName = Extract<keyof typeof spoken, Name>;

/** Says one of the texts that `connect` has, or all of them where the words of the element are there too. */
export type Say<Known extends Name = SpokenName> = (name: Known, values?: object) => string;

/** Replaces in one go: a name that holds "{email}" or "$&" stays as it is. */
export const fill = (text: Text<never> | Text<string>, values: object = {}): string =>
	typeof text === "function"
		? // Safe: who says a text has its values at hand.
			text(values as Record<string, string>)
		: text.replace(/{(\w+)}/g, (place, name: string) => Reflect.get(values, name) ?? place);

/** Says a text of `messages`, else the built-in one. */
export const createSay =
	<Known extends Name>(messages: PartialMessages | undefined, builtIn: Pick<Messages, Known>): Say<Known> =>
	(name, values) =>
		// Safe: as in `fill`.
		fill((messages?.[name] ?? builtIn[name]) as Text<string>, values);

export const errorsOf = (messages: PartialMessages | undefined): Messages["errors"] => ({
	...spoken.errors,
	...messages?.errors,
});
