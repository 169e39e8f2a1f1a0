/** Coloured initials: the same person has the same colour everywhere. */
export function paintAvatar(element: HTMLElement, name: string, email: string): void {
	const words = name.trim().split(/\s+/);
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
	element.textContent = letters.join("").toUpperCase() || "?";
	element.style.setProperty("--hue", String(hue(email)));
}

function hue(text: string): number {
	let hash = 0;
	for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
	return hash;
}
