import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

/** What a contender shows, and is asked to do: the same page for all of them. */
export interface Actions {
	/** By the name of the account, as a person would choose it. */
	switchTo(name: string): unknown;
	revoke(name: string): unknown;
	signOutOthers(): unknown;
	signOutAll(): unknown;
}

export interface ShownRow {
	readonly name: string;
	readonly active: boolean;
}

export const Rows = ({ rows }: { readonly rows: readonly ShownRow[] }) => (
	<ul id="switcher">
		{rows.map(({ name, active }) => (
			<li key={name} aria-current={active}>
				{name}
			</li>
		))}
	</ul>
);

export const Who = ({ name }: { readonly name: string | undefined }) => <p id="session">{name ?? ""}</p>;

/** What stood on the page from when on, in ms of the page. */
export interface Moment {
	readonly at: number;
	/** The names of the rows, the active one with a star. */
	readonly switcher: string;
	/** The name that the contender's `useSession` says. */
	readonly session: string;
}

/** The page's own record, which the benchmark reads. */
export interface Page {
	/** When its first line ran. */
	readonly began: number;
	readonly moments: Moment[];
	/** Does it, and returns when it was asked for. */
	start(action: keyof Actions, name: string): number;
	actions: Actions | undefined;
}

const began = performance.now();
const moments: Moment[] = [];
const text = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent).join();

function look(): void {
	const switcher = [...document.querySelectorAll("#switcher li")]
		.map((row) => `${row.textContent}${row.getAttribute("aria-current") === "true" ? "*" : ""}`)
		.sort()
		.join();
	const moment = { at: performance.now(), switcher, session: text("#session") };
	const last = moments.at(-1);
	if (last?.switcher !== moment.switcher || last.session !== moment.session) moments.push(moment);
}

const page: Page = {
	began,
	moments,
	actions: undefined,
	start(action, name) {
		const at = performance.now();
		page.actions?.[action](name);
		return at;
	},
};
Object.assign(globalThis, { page });

/** Shows a contender. Nothing that React does in development alone is in the bundle, so strict mode does nothing. */
export function show(app: ReactNode): void {
	const root = document.body.appendChild(document.createElement("div"));
	new MutationObserver(look).observe(root, {
		attributes: true,
		characterData: true,
		childList: true,
		subtree: true,
	});
	createRoot(root).render(<StrictMode>{app}</StrictMode>);
}

/** The page's actions, as of its last render. */
export const act = (actions: Actions): void => {
	page.actions = actions;
};
