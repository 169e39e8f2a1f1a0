import { people } from "../people.js";
import { paintAvatar } from "./avatar.js";
import type { State } from "./client.js";
import { button, find, isUsable, setUsable } from "./dom.js";

/** A button for each sample person, to be used for those whom the device does not remember yet. */
export function showPeople(onChoose: (email: string) => void): (state: State) => void {
	const buttons = people.map(({ name, email, twoFactor }) => {
		const element = button("", "person", () => isUsable(element) && onChoose(email));
		const avatar = document.createElement("span");
		avatar.className = "avatar";
		avatar.setAttribute("aria-hidden", "true");
		paintAvatar(avatar, name, email);
		element.append(avatar, name);
		if (twoFactor) {
			const note = document.createElement("small");
			note.textContent = "with a code";
			element.append(note);
		}
		return { email, element };
	});
	find("#people", HTMLElement).append(...buttons.map(({ element }) => element));

	return ({ sessions }) => {
		const here = new Set(sessions.flatMap((row) => (row.listed ? row.user.email : [])));
		for (const { email, element } of buttons) setUsable(element, !here.has(email));
	};
}
