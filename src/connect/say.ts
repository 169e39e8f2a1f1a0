import type { Messages, PartialMessages, Text } from "./messages.js";
import { spoken } from "./spoken.js";

type Values = object;
export type Say = (name: Exclude<keyof typeof spoken, "errors">, values?: Values) => string;

/** Replaces in one go: a name that holds "{email}" or "$&" stays as it is. */
export const fill = (text: Text<never> | Text<string>, values: Values = {}): string =>
	typeof text === "function"
		? // Safe: who says a text has its values at hand.
			text(values as Record<string, string>)
		: text.replace(/{(\w+)}/g, (place, name: string) => Reflect.get(values, name) ?? place);

/** Says a text of `messages`, else the built-in one. */
export const createSay =
	(messages: PartialMessages | undefined): Say =>
	(name, values) =>
		// Safe: as in `fill`.
		fill((messages?.[name] ?? spoken[name]) as Text<string>, values);

export const errorsOf = (messages: PartialMessages | undefined): Messages["errors"] => ({
	...spoken.errors,
	...messages?.errors,
});
