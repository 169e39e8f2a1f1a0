import { english } from "../connect/english.js";
import type { Messages, PartialMessages, Text } from "../connect/messages.js";
import { fill } from "../connect/say.js";

export type Say = (name: Exclude<keyof Messages, "errors">, values?: object) => string;

/** Says a text of the given ones, else the built-in one. */
export const wordsOf =
	(messages: PartialMessages): Say =>
	(name, values) =>
		// Safe: who says a text has its values at hand.
		fill((messages[name] ?? english[name]) as Text<string>, values);
