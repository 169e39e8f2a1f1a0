import { deviceSessionsMachine } from "device-sessions";
import type { Browser, BrowserContext, Locator } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { chartOf } from "../../docs/statechart/chart.js";
import { label } from "../../docs/statechart/label.js";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const { states, transitions } = chartOf(deviceSessionsMachine);

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;
let chart: Locator;
let trail: Locator;

async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
	context = await demo.newDevice(options);
	view = await SwitcherPage.open(context, demo.url);
	chart = view.page.getByRole("list", { name: "State chart" });
	trail = view.page.getByRole("list", { name: "Last transitions" }).getByRole("listitem");
}
/** What is lit: of the states, of the arrows, and of the ways to take that arrow. */
const lit = async () => [
	await chart.locator("[aria-current=step] b").allInnerTexts(),
	await chart.locator("li[data-last] .ends").allTextContents(),
	await chart.locator(".ways [data-last]").allInnerTexts(),
];

test("the chart has every state of the machine, and every transition between two of them on its arrow", async () => {
	await open();
	await eventually(() => chart.locator("li b").allInnerTexts()).toEqual(states.map(({ name }) => name));
	const arrows = new Map<string, string[]>();
	for (const one of transitions) {
		if (one.from === null || one.to === null) continue;
		const ends = `${one.from} → ${one.to}: `;
		arrows.set(ends, [...(arrows.get(ends) ?? []), label(one)]);
	}
	const drawn = await chart.locator("li:has(.ends)").all();
	expect(drawn).toHaveLength(arrows.size);
	for (const arrow of drawn)
		expect(await arrow.locator(".ways span").allInnerTexts()).toEqual(
			arrows.get((await arrow.locator(".ends").textContent())?.replace("Taken last: ", "") ?? ""),
		);
});

describe("lights up", () => {
	beforeEach(() => open());

	test("a switch, and how it ended", async () => {
		await view.signIn(ada, grace);
		await view.seesState("idle");
		await view.page.getByLabel("Slow network").check();
		await view.switchTo(ada);
		await eventually(lit).toEqual([["switching"], ["Taken last: idle → switching: "], ["[a switch waits]"]]);
		await eventually(() => trail.allInnerTexts()).toEqual(
			expect.arrayContaining(["idle → switching, [a switch waits]", "in idle, command.switch"]),
		);
		await view.seesActive(ada);
		await eventually(lit).toEqual([["idle"], ["Taken last: switching → idle: "], ["row.activated"]]);
		await eventually(() => trail.allInnerTexts()).toContain("switching → idle, row.activated");
	});

	test("a sign-out, and how it ended", async () => {
		await view.signIn(ada, grace, alan);
		await view.seesState("idle");
		await view.page.getByLabel("Slow network").check();
		await view.signOut(ada);
		await eventually(lit).toEqual([["revoking"], ["Taken last: idle → revoking: "], ["[a revoke waits]"]]);
		await view.seesAccounts(grace, alan);
		await eventually(lit).toEqual([["idle"], ["Taken last: revoking → idle: "], ["command.done [the signal is owed]"]]);
	});

	test("a read; an arrow stays lit while commands only join the queue", async () => {
		await view.signIn(ada, grace);
		await view.seesState("idle");
		await view.page.getByLabel("Slow network").check();
		await view.button("Read now").click();
		const reading = [["loading"], ["Taken last: idle → loading: "], ["[a read is due]"]];
		await eventually(lit).toEqual(reading);
		await view.button("Read now").click();
		await eventually(() => trail.allInnerTexts()).toContain("in loading, command.read");
		expect(await lit()).toEqual(reading);
		await eventually(lit).toEqual([["idle"], ["Taken last: loading → idle: "], ["done readDevice"]]);
	});

	test("no more than the last five transitions are told", async () => {
		await view.signIn(ada, grace, alan);
		await view.seesState("idle");
		expect(await trail.count()).toBe(5);
	});
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
	test.each([320, 1280])("at %i pixels nothing of it is cut off or lies over something else", async (width) => {
		await open({ colorScheme, viewport: { width, height: 900 } });
		await view.signIn(ada);
		await view.seesState("idle");
		expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		const collisions = await chart.evaluate((list) => {
			const inner = list.getBoundingClientRect();
			const items = [...list.children].filter((item) => !item.matches(".chart-loop"));
			const boxes = items.flatMap((item) => {
				const parts = item.matches("[data-state]") ? [item] : [...item.querySelectorAll(".ways > span")];
				return parts.map((part) => ({ name: part.textContent, item, rect: part.getBoundingClientRect() }));
			});
			const apart = (a: DOMRect, b: DOMRect) =>
				a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
			const outside = ({ left, right }: DOMRect) => left < inner.left || right > inner.right;
			return [
				...boxes.filter(({ rect }) => outside(rect)).map(({ name }) => `${name} outside`),
				...[...list.querySelectorAll("b")]
					.filter((text) => text.scrollWidth > text.clientWidth)
					.map((text) => `${text.textContent} cut off`),
				...boxes.flatMap((one, index) =>
					boxes
						.slice(index + 1)
						.filter((other) => other.item !== one.item && !apart(one.rect, other.rect))
						.map((other) => `${one.name} over ${other.name}`),
				),
			];
		});
		expect(collisions).toEqual([]);
	});
});
