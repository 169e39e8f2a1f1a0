import { create } from "./dom.js";

/** What an avatar is of. */
export interface Portrait {
	readonly image: string | null;
	readonly initials: string;
}

/** The initials, and over them the image: from http(s) only, and gone where it fails. */
export function showAvatar(avatar: HTMLElement, { image, initials }: Portrait): void {
	// The email address is beside it: nobody has to hear two letters.
	avatar.ariaHidden = "true";
	avatar.textContent = initials;
	const link = create("a", "");
	link.href = image ?? "";
	if (!image || !/^https?:/.test(link.protocol)) return;
	const picture = create("img", "");
	picture.alt = "";
	picture.referrerPolicy = "no-referrer";
	picture.onerror = () => picture.remove();
	picture.src = image;
	avatar.append(picture);
}
