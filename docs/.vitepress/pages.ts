/** Every page of the site, in the order in which it is read. A test holds that none is missing. */
export const pages = [
	{
		text: "Start",
		items: [
			{ text: "Getting started", link: "/getting-started" },
			{ text: "The element", link: "/element" },
			{ text: "Connect", link: "/connect" },
			{ text: "Recipes", link: "/recipes" },
			{ text: "Caches", link: "/caches" },
			{ text: "Adding accounts", link: "/adding-accounts" },
			{ text: "Server rendering", link: "/server-rendering" },
			{ text: "Examples", link: "/examples" },
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
