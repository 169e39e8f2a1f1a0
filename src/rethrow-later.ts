import { soon } from "./soon.js";

/** Throws where nobody is on the way: as an error of the page. */
export const rethrowLater = (error: unknown): void =>
	soon(() => {
		throw error;
	});
