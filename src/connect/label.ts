/** How an account is called. */
export interface AccountLabel {
	/** Never blank: the name, else the email address, else `messages.unnamed`. */
	readonly name: string;
	/** Empty where there is none. */
	readonly email: string;
}

interface Person {
	readonly name: string | null;
	readonly email: string | null;
	readonly image?: string | null | undefined;
}

// By classes of characters: Intl.Segmenter is not everywhere, and what a server renders has to be what the page does.
const character = /(\p{RI}{2}|[^\s\p{C}])(\p{M}|\p{EMod}|\u200d\P{M})*/u;

/** Nothing where it cannot be seen. */
const shown = (text: string | null) => (text && character.test(text) ? text.trim() : "");

/**
 * The first letter or number of the first and of the last word, in upper case; one alone where the script has no case:
 * two Arabic letters would join into a word. Of a name without letters the first character, an emoji for one.
 */
function initialsOf(name: string): string {
	const upper = name.normalize().toUpperCase();
	const words = upper.match(/[\p{L}\p{N}]\S*/gu) ?? [upper];
	const [first = "", ...more] = words.map((word) => character.exec(word)?.[0] ?? "");
	return first === first.toLowerCase() ? first : first + (more.at(-1) ?? "");
}

export function labelOf(person: Person, unnamed: string) {
	const email = shown(person.email);
	const name = shown(person.name) || email || unnamed;
	return { name, email, image: person.image ?? null, initials: initialsOf(name) };
}

/** How a text calls an account: with its email address, where another one of these has the same name. */
export const nameIn = (all: readonly AccountLabel[], { name, email }: AccountLabel): AccountLabel => ({
	name: email && all.some((other) => other.name === name && other.email !== email) ? `${name} (${email})` : name,
	email,
});
