import type { DeviceSessions } from "device-sessions";
import { deviceSessions } from "./client.js";
import { copy, find, setAttribute, setText } from "./dom.js";

export type Mount = (host: HTMLElement, deviceSessions: DeviceSessions) => void;

interface Framework {
	readonly name: string;
	/** What brings the store's value to the page. */
	readonly binding: string;
	/** The recipe, below docs/recipes. */
	readonly file: string;
	load(): Promise<{ readonly mount: Mount }>;
	/** The very file that `load` brings, to be read. */
	source(): Promise<{ readonly default: string }>;
}

const frameworks: readonly Framework[] = [
	{
		name: "React",
		binding: "@nanostores/react",
		file: "react/account-switcher.tsx",
		load: () => import("./frameworks/react.js"),
		source: () => import("../../recipes/react/account-switcher.tsx?raw"),
	},
	{
		name: "Vue",
		binding: "@nanostores/vue",
		file: "vue/account-switcher.vue",
		load: () => import("./frameworks/vue.js"),
		source: () => import("../../recipes/vue/account-switcher.vue?raw"),
	},
	{
		name: "Svelte",
		binding: "$deviceSessions",
		file: "svelte/account-switcher.svelte",
		load: () => import("./frameworks/svelte.js"),
		source: () => import("../../recipes/svelte/account-switcher.svelte?raw"),
	},
	{
		name: "Solid",
		binding: "@nanostores/solid",
		file: "solid/account-switcher.tsx",
		load: () => import("./frameworks/solid.js"),
		source: () => import("../../recipes/solid/account-switcher.tsx?raw"),
	},
	{
		name: "TypeScript",
		binding: "subscribe()",
		file: "plain/account-switcher.ts",
		load: () => import("./frameworks/plain.js"),
		source: () => import("../../recipes/plain/account-switcher.ts?raw"),
	},
];

/** The recipes side by side on the page's one store: what happens in one shows in all. */
export function showFrameworks(): void {
	const showSource = sourceView();
	const panes = frameworks.map((framework) => {
		const pane = copy("#pane", HTMLElement);
		setText(find("h3", HTMLElement, pane), framework.name);
		setText(find(".binding", HTMLElement, pane), framework.binding);
		setAttribute(pane, "aria-label", framework.name);
		const read = find(".read", HTMLButtonElement, pane);
		setAttribute(read, "aria-label", `Source for ${framework.name}`);
		read.addEventListener("click", () => showSource(framework, read));
		// Each framework comes by itself, and none is waited for.
		void framework.load().then(({ mount }) => mount(find(".host", HTMLElement, pane), deviceSessions));
		return pane;
	});
	find("#panes", HTMLElement).append(...panes);
}

/** One place for all sources: pressed again, a button closes what it has opened. */
function sourceView(): (framework: Framework, opener: HTMLButtonElement) => void {
	const place = find("#source", HTMLElement);
	let opened: HTMLButtonElement | null = null;

	return async ({ file, source }, opener) => {
		if (opened) setAttribute(opened, "aria-expanded", "false");
		opened = opened === opener ? null : opener;
		place.hidden = opened === null;
		if (!opened) return;
		setAttribute(opener, "aria-expanded", "true");
		const { default: text } = await source();
		if (opened !== opener) return;
		setText(find("h3", HTMLElement, place), `docs/recipes/${file}`);
		setText(find("code", HTMLElement, place), text);
	};
}
