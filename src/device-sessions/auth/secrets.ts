import { isObject } from "../../is-object.js";
import * as limits from "../limits.js";

/** The tokens that are known, and what is looked for in rows so that none gets into them. */
export function createSecrets() {
	const tokens = new Set<string>();

	/** How long tokens are: inside a longer text, as in a cookie or behind a prefix, each stretch of that length may be one. */
	const lengths = new Set<number>();
	/** The least of them. */
	let least = Number.POSITIVE_INFINITY;

	/** Which letters occur in tokens, by char code: a stretch with any other letter in it is none. */
	const letters: true[] = [];

	function isSecret(value: unknown): boolean {
		if (typeof value !== "string") return false;
		if (tokens.has(value)) return true;
		// User agents are long, their words are short: each stretch as long as a token reaches over one of these places.
		for (let at = least - 1; at < value.length; at += least) {
			if (!letters[value.charCodeAt(at)]) continue;
			let from = at;
			while (letters[value.charCodeAt(from - 1)]) from -= 1;
			while (letters[value.charCodeAt(at + 1)]) at += 1;
			if (holdsToken(value.slice(from, at + 1))) return true;
		}
		return false;
	}

	/** Asks for each token or for each stretch of a token's length, whichever is less to do. */
	function holdsToken(stretch: string): boolean {
		if (tokens.size < stretch.length) {
			for (const token of tokens) if (token.length >= limits.shortToken && stretch.includes(token)) return true;
			return false;
		}
		for (const length of lengths) {
			for (let at = 0; at + length <= stretch.length; at += 1) {
				if (tokens.has(stretch.slice(at, at + length))) return true;
			}
		}
		return false;
	}

	/** A token is known by its key or by its value: custom rows may carry it under another name. */
	function strip<T>(value: T): T {
		if (!isObject(value) || value instanceof Date) return value;
		// Safe, here and below: the same shape with secrets left out; only optional and custom fields can be lost.
		if (Array.isArray(value)) return value.filter((item) => !isSecret(item)).map(strip) as T;
		const stripped: Record<string, unknown> = {};
		for (const key of Object.keys(value)) {
			// Safe: one of its keys.
			const item = (value as Record<string, unknown>)[key];
			// Set as a property, this one would become the row's prototype.
			if (key === "__proto__" || /^(session)?token$/i.test(key) || isSecret(key) || isSecret(item)) continue;
			stripped[key] = strip(item);
		}
		return stripped as T;
	}

	return {
		isSecret,
		strip,

		/** Says whether it is a new one. */
		learn(token: unknown): token is string {
			if (typeof token !== "string" || !token || tokens.has(token)) return false;
			tokens.add(token);
			if (token.length < limits.shortToken) return true;
			lengths.add(token.length);
			least = Math.min(least, token.length);
			for (let at = 0; at < token.length; at += 1) letters[token.charCodeAt(at)] = true;
			return true;
		},

		/** What a token is made of stays known: one that comes again is found as fast. */
		clear(): void {
			tokens.clear();
		},
	};
}
