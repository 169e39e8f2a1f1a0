interface Page {
	readonly text: string;
	readonly link: string;
	/** Pages below this one are not shown at first. */
	readonly collapsed?: boolean;
	readonly items?: Page[];
}

/** Every page of the site, in the order in which it is read. A test holds that none is missing. */
export const pages: { readonly text: string; readonly items: Page[] }[] = [
	{
		text: "Start",
		items: [
			{ text: "Getting started", link: "/getting-started" },
			{ text: "What a device is", link: "/what-a-device-is" },
			{ text: "The element", link: "/element" },
			{ text: "Connect", link: "/connect" },
			{
				text: "Recipes",
				link: "/recipes",
				collapsed: true,
				items: [
					{ text: "React", link: "/recipe-react" },
					{ text: "Vue", link: "/recipe-vue" },
					{ text: "Svelte", link: "/recipe-svelte" },
					{ text: "Solid", link: "/recipe-solid" },
					{ text: "Plain TypeScript", link: "/recipe-plain" },
				],
			},
			{ text: "Caches", link: "/caches" },
			{ text: "Adding accounts", link: "/adding-accounts" },
			{ text: "Server rendering", link: "/server-rendering" },
			{
				text: "Examples",
				link: "/examples",
				collapsed: true,
				items: [
					{ text: "Vite and React", link: "/example-vite-react" },
					{ text: "Next.js", link: "/example-next" },
					{ text: "SvelteKit", link: "/example-sveltekit" },
					{ text: "Nuxt", link: "/example-nuxt" },
					{ text: "Astro", link: "/example-astro" },
					{ text: "TanStack Start", link: "/example-tanstack-start" },
				],
			},
			{ text: "Guards", link: "/guards" },
			{ text: "Growing", link: "/growing" },
			{ text: "Migrating", link: "/migrating" },
			{ text: "Troubleshooting", link: "/troubleshooting" },
			{ text: "Comparison", link: "/comparison" },
		],
	},
	{
		text: "Reference",
		items: [
			{ text: "State", link: "/state" },
			{ text: "Commands and options", link: "/commands" },
			{ text: "Hooks around a switch", link: "/hooks" },
			{ text: "Tabs", link: "/tabs" },
			{ text: "Errors", link: "/errors" },
			{ text: "Operations", link: "/operations" },
			{ text: "Limits", link: "/limits" },
			{ text: "Security", link: "/security" },
			{ text: "Peers", link: "/peers" },
		],
	},
	{
		text: "Inside",
		items: [
			{ text: "How it works", link: "/how-it-works" },
			{ text: "State chart", link: "/statechart" },
			{ text: "Inspecting", link: "/inspector" },
			{ text: "Testing", link: "/testing" },
			{ text: "Proofs", link: "/proofs" },
			{ text: "Benchmarks", link: "/benchmarks" },
			{ text: "Reports that were tried", link: "/reports" },
		],
	},
];

/** The files of these pages. */
export const listed = pages
	.flatMap(({ items }) => items.flatMap((item) => [item, ...(item.items ?? [])]))
	.map(({ link }) => `${link.slice(1)}.md`);
