import { isObject } from "./is-object.js";

/** A text somewhere in what was sent or came, and whether its name says that it is a secret. */
export interface NamedText {
	readonly text: string;
	readonly isSecret: boolean;
}

const secretNames = /pass|token|code|otp|secret|cred|jwt|key|auth|cookie|pin$/i;

/** Every text in a value: in objects, lists, Headers and the like. What is below a secret's name is secret, too. */
export function textsIn(value: unknown, isSecret = false): NamedText[] {
	if (!isObject(value)) return typeof value === "string" ? [{ text: value, isSecret }] : [];
	// Safe: asked whether it has them.
	const { entries } = value as { entries?: () => Iterable<[unknown, unknown]> };
	const pairs = typeof entries === "function" ? [...entries.call(value)] : Object.entries(value);
	return pairs.flatMap(([name, item]) => textsIn(item, isSecret || secretNames.test(String(name))));
}

/** Letters and digits alone, in lower case: `A%2Bb`, `a&#43;b`, `a\u002bb` and `a+b` are all `ab`. */
export const bare = (text: string): string =>
	text.toLowerCase().replace(/&#?\w+;|%[\da-f]{2}|\\(u[\da-f]{4}|.)|[^\p{L}\p{N}]/gu, "");

/** How many letters on end tell where a text comes from. */
const tell = 4;

/** Whether a text says part of what was sent, in whatever spelling; or all of it, where `isWhole`. */
export function echoes(text: string, sent: string, isWhole = false): boolean {
	const said = bare(text);
	const whole = bare(sent);
	const length = isWhole ? whole.length : Math.min(tell, whole.length);
	for (let at = 0; length && at + length <= whole.length; at += 1) {
		if (said.includes(whole.slice(at, at + length))) return true;
	}
	return false;
}

/** Whether a text holds nothing of these, nor a run as long as tokens are. */
export const isClean = (text: string, texts: readonly NamedText[]): boolean =>
	!/[\w-]{24}/.test(text) && !texts.some((sent) => echoes(text, sent.text));

/** What codes are made of: said in one, these tell nothing, though somebody's password is made of them. */
const words =
	/invalid|password|email|user|session|token|code|account|member|organization|reset|verified|expired|found/g;

/** Whether a server's code is made of what was sent. A short word counts only as a part of its own. */
export function isEcho(code: string, { text, isSecret }: NamedText): boolean {
	const sent = bare(text);
	if (sent.length < tell) return `_${code}_`.toLowerCase().includes(`_${sent}_`);
	return (
		(sent.replace(words, "") !== "" && echoes(code, sent, true)) ||
		(isSecret && echoes(bare(code).replace(words, ""), sent))
	);
}
