import { calls, commands, moreCalls, type Trouble, troubles } from "./commands.js";
import { brokenRules } from "./rules.js";
import type { Scene } from "./scene.js";

type Sides = readonly (readonly [name: string, hasPlugin: boolean])[];
const both: Sides = [
	["", true],
	["-plain", false],
];
const places = [
	["", 1],
	["-elsewhere", 2],
] as const;

const device = { accounts: ["Ada", "Bob", "Cy"] };
const where = (tabs: number) => (tabs === 1 ? "the same page" : "another page");
const withPlugin = (hasPlugin: boolean) => (hasPlugin ? "" : ", without the plugin");
const find = (name: string) => {
	const found = commands[name];
	if (!found) throw new Error(`There is no command ${name}.`);
	return found;
};
const names = Object.keys(commands);

/** Each command with each other and with itself, on one page and on two. */
const pairs = both.flatMap(([side, hasPlugin]) =>
	names.flatMap((one, index) =>
		names.slice(index).flatMap((other) =>
			places.map(
				([place, tabs]): Scene => ({
					name: `${one}-with-${other}${place}${side}`,
					what: `a page is told ${one}, and ${where(tabs)} ${other}${withPlugin(hasPlugin)}`,
					device,
					tabs,
					hasPlugin,
					async act({ command, id, turn }) {
						const { first: again, second = again } = find(other);
						command(0, one, (actor) => find(one).first(actor, id));
						if (tabs > 1) await turn(tabs - 1);
						command(tabs - 1, other, (actor) => (one === other ? second : again)(actor, id));
					},
					check: brokenRules,
				}),
			),
		),
	),
);

/** Each command beside each call of the app's, on the same page and on another one. */
const besideCalls = (given: typeof calls, of: readonly string[], sides: Sides) =>
	sides.flatMap(([side, hasPlugin]) =>
		of.flatMap((name) =>
			Object.entries(given).flatMap(([call, send]) =>
				places.map(
					([place, tabs]): Scene => ({
						name: `${name}-beside-${call}${place}${side}`,
						what: `a page is told ${name}, and ${where(tabs)} calls ${call}${withPlugin(hasPlugin)}`,
						device,
						tabs,
						hasPlugin,
						// Without the plugin nobody sees such a call, and the two end in either order: docs/limits.md, "This package".
						isSilent: !hasPlugin,
						async act({ command, device, id, turn }) {
							send(await turn(tabs - 1), device).catch(() => {});
							if (tabs > 1) await turn(0);
							command(0, name, (actor) => find(name).first(actor, id));
						},
						check: brokenRules,
					}),
				),
			),
		),
	);

/** Each command while something goes wrong. */
const inTrouble = both.flatMap(([side, hasPlugin]) =>
	names.flatMap((name) =>
		Object.entries(troubles).flatMap(
			([trouble, { isOfTab = false, isSilent = false, what, ...more }]: [string, Trouble]) =>
				places
					.filter(([, tabs]) => (isOfTab ? tabs === 2 : tabs === 1 || (hasPlugin && isSilent)))
					.map(
						([place, tabs]): Scene => ({
							name: `${name}-while-${trouble}${isOfTab ? "" : place}${side}`,
							what: `${tabs === 1 ? "a page" : "one of two pages"} is told ${name}, and at some moment ${what}${withPlugin(hasPlugin)}`,
							device,
							tabs,
							hasPlugin,
							isSilent,
							losses: 1,
							...more,
							act: ({ command, id }) => command(0, name, (actor) => find(name).first(actor, id)),
							check: brokenRules,
						}),
					),
		),
	),
);

export const table: readonly Scene[] = [
	...pairs,
	...inTrouble,
	...besideCalls(calls, names, both),
	...besideCalls(moreCalls, ["setActive", "revokeActive"], both.slice(0, 1)),
];
