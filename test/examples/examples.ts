/** What an example differs in from the others. Its `package.json` has the scripts `types`, `build` and `start`. */
export interface Example {
	/** Its folder in docs/examples. */
	readonly name: string;
	/** What a link to another account's page is answered with, where the framework leaves no choice: 409 elsewhere. */
	readonly linkStatus?: number;
}

/** In the order in which they are tried. */
export const examples: readonly Example[] = [
	{ name: "vite-react" },
	{ name: "next", linkStatus: 200 },
	{ name: "sveltekit" },
	{ name: "nuxt" },
	{ name: "astro" },
	{ name: "tanstack-start" },
];
