/** What an example differs in from the others. Its `package.json` has the scripts `types`, `build` and `start`. */
export interface Example {
	/** Its folder in docs/examples. */
	readonly name: string;
}

/** In the order in which they are tried. */
export const examples: readonly Example[] = [{ name: "vite-react" }];
