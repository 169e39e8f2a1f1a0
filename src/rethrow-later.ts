/** Throws where nobody is on the way: as an error of the page. */
export const rethrowLater = (error: unknown): void =>
	queueMicrotask(() => {
		throw error;
	});
