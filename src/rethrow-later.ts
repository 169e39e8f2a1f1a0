/** Throws where nobody is on the way: as an error of the page. */
export const rethrowLater = (error: unknown): void =>
	void setTimeout(() => {
		throw error;
	});
