import { describe, expect, test } from "vitest";
import customElements from "../../docs/custom-elements.json" with { type: "json" };
import { openElements, type Switcher } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openElement, openPopup } = openElements();
const people = "names=Ada Lovelace,Grace Hopper,Alan Turing";

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
	// A color that is half-way to another is nobody's. The page lets in no script but its own: axe is ours.
	const options = { colorScheme, reducedMotion: "reduce", bypassCSP: true } as const;
	const narrow = { ...options, viewport: { width: 320, height: 800 } };

	test.each([
		["closed, with the name", options, { "show-name": "" }, false],
		["open", options, {}, true],
		["open at 320 pixels", narrow, { "add-href": "/add", "manage-href": "/manage" }, true],
		["inline", options, { inline: "" }, false],
	] as const)("axe finds nothing: %s", async (_, given, attributes, isOpen) => {
		const switcher = await openElement(people, attributes, given);
		if (isOpen) await switcher.trigger.click();
		expect(await switcher.violations()).toEqual([]);
	});

	test("axe finds nothing while managing, with a sign-out asked for, an ended account, an error and a switch under way", async () => {
		const switcher = await openPopup(people, {}, options);
		await switcher.button("Manage accounts").click();
		await switcher.page.evaluate(async () => {
			harness.device.end("Ada Lovelace");
			await harness.store.refetch();
		});
		await switcher.button("Sign in again as Ada Lovelace").waitFor();
		await switcher.page.waitForTimeout(550);
		await switcher.page.evaluate(() => harness.refuse("/multi-session/set-active"));
		await switcher.account("Grace Hopper").click();
		await switcher.alert.waitFor();
		await switcher.button("Sign out of all accounts").click();
		expect(await switcher.violations()).toEqual([]);
		await switcher.page.evaluate(() => harness.hold("/multi-session/set-active"));
		await switcher.page.waitForTimeout(550);
		await switcher.account("Grace Hopper").click();
		await eventually(() => switcher.busy()).toEqual(["Grace Hopper"]);
		expect(await switcher.violations()).toEqual([]);
	});

	test("axe finds nothing with twenty accounts, and with nobody", async () => {
		const many = await openPopup("accounts=20", {}, options);
		expect(await many.violations()).toEqual([]);
		const nobody = await openPopup("accounts=0", {}, options);
		expect(await nobody.violations()).toEqual([]);
	});
});

test("a screen reader meets a dialog with a list of buttons, each with its name", async () => {
	const switcher = await openPopup("names=Ada,Bob");
	expect((await switcher.element.ariaSnapshot()).replaceAll(/'|: \S*$/gm, "")).toBe(
		[
			'- button "Account: Bob" [expanded]',
			'- dialog "Accounts":',
			"  - list:",
			"    - listitem:",
			'      - button "Bob bob@example.com"',
			"    - listitem:",
			'      - button "Ada ada@example.com"',
			'  - button "Add account"',
			'  - button "Manage accounts"',
			'  - button "Sign out of all accounts"',
			"- status",
		].join("\n"),
	);
	expect(await switcher.account("Bob").getAttribute("aria-current")).toBe("true");
});

/** Where the popup is, against the window. */
async function placeOf({ page, popup }: Switcher) {
	const box = await popup.boundingBox();
	const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
	const { x = -1, y = -1, width: wide = 0, height: high = 0 } = box ?? {};
	return {
		fits: x >= 0 && y >= 0 && x + wide <= width && y + high <= height,
		scrolls: await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
	};
}

describe("the popup stays in the window", () => {
	test.each([
		["320 pixels wide", { width: 320, height: 568 }, ""],
		["at 400 % zoom", { width: 320, height: 256 }, ""],
		["with the trigger in the middle", { width: 320, height: 568 }, "text-align:center"],
		["with the trigger in the last corner", { width: 480, height: 700 }, "position:fixed;inset:auto 0 0 auto"],
		["with the trigger in the first corner", { width: 480, height: 700 }, "position:fixed;inset:0 auto auto 0"],
	])("%s", async (_, viewport, css) => {
		for (const placement of ["start", "end"]) {
			const switcher = await openElement("accounts=20", { placement, "show-name": "" }, { viewport });
			await switcher.page.evaluate((text) => {
				const main = document.querySelector("main");
				if (main) main.style.cssText = text;
			}, css);
			await switcher.trigger.click();
			expect(await placeOf(switcher)).toEqual({ fits: true, scrolls: false });
			// Whatever is there can be reached.
			await switcher.page.keyboard.press("End");
			await switcher.focusIsOn("Sign out of all accounts");
			const last = await switcher.button("Sign out of all accounts").boundingBox();
			expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
		}
	});

	test("every target is at least 44 pixels high", async () => {
		const switcher = await openPopup("accounts=3", { "add-href": "/add" });
		await switcher.button("Manage accounts").click();
		const sizes = await switcher.element
			.locator("button, a")
			.filter({ visible: true })
			.evaluateAll((all) =>
				all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
			);
		expect(sizes).toHaveLength(10);
		expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
	});
});

test("from right to left everything is on the other side", async () => {
	const switcher = await openElement("names=Ada,Bob", { "show-name": "" });
	await switcher.page.evaluate(() => {
		document.documentElement.dir = "rtl";
		const element = document.querySelector("account-switcher");
		if (element) element.messages = harness.ar;
	});
	await switcher.trigger.click();
	const box = async (part: string) =>
		(await switcher.element.locator(`[part~=${part}]`).filter({ visible: true }).last().boundingBox()) ?? {
			x: 0,
			width: 0,
		};
	const [popup, trigger, avatar, name] = [
		await box("popup"),
		await box("trigger"),
		await box("avatar"),
		await box("name"),
	];
	expect(Math.round(popup.x + popup.width)).toBe(Math.round(trigger.x + trigger.width));
	expect(avatar.x).toBeGreaterThan(name.x);
});

test("in forced colors the current account is seen, and so is what has the focus", async () => {
	const switcher = await openPopup("names=Ada,Bob", {}, { forcedColors: "active" });
	const looks = (name: string) =>
		switcher.account(name).evaluate((row) => ({
			mark: getComputedStyle(row, "::after").content,
			border: getComputedStyle(row).borderTopWidth,
			outline: getComputedStyle(row).outlineStyle,
		}));
	await switcher.page.keyboard.press("ArrowDown");
	expect(await looks("Bob")).toMatchObject({ mark: expect.stringContaining("✓"), border: "1px" });
	expect(await looks("Ada")).toMatchObject({ mark: "none", outline: "solid" });
});

test.each([
	["reduce", "none"],
	["no-preference", "turn"],
] as const)("with motion %s the busy mark is %s", async (reducedMotion, animation) => {
	const switcher = await openPopup("names=Ada,Bob", {}, { reducedMotion });
	await switcher.page.evaluate(() => harness.hold("/multi-session/set-active"));
	await switcher.account("Ada").click();
	await eventually(() => switcher.busy()).toEqual(["Ada"]);
	const avatar = switcher.account("Ada").locator("[part=avatar]");
	expect(await avatar.evaluate((one) => getComputedStyle(one, "::before").animationName)).toBe(animation);
});

test("what is for screen readers alone takes no room and is not seen", async () => {
	const switcher = await openPopup("names=Ada,Bob");
	const before = await switcher.element.boundingBox();
	await switcher.account("Ada").click();
	await eventually(() => switcher.live.textContent()).toBe("Now using Ada");
	expect(await switcher.live.evaluate((live) => getComputedStyle(live).clipPath)).toBe("inset(50%)");
	expect(await switcher.element.boundingBox()).toEqual(before);
});

describe("custom-elements.json says what there is to style and to fill", () => {
	type Named = readonly { readonly name: string }[];
	const [module] = customElements.modules;
	// Safe: the first module declares the element, and a test of the package holds what is in it.
	const [{ cssParts, cssProperties, slots }] = (module?.declarations ?? []) as unknown as [
		{ cssParts: Named; cssProperties: Named; slots: Named },
	];
	const named = (all: Named) => all.map(({ name }) => name).sort();

	test("parts and slots", async () => {
		const switcher = await openPopup("names=Ada,Bob");
		await switcher.page.evaluate(async () => {
			harness.device.end("Ada");
			await harness.store.refetch();
		});
		await switcher.button("Forget Ada").waitFor();
		const found = await switcher.element.evaluate(({ shadowRoot }) => {
			const all = [...(shadowRoot?.querySelectorAll("[part], slot") ?? [])];
			return {
				parts: all.flatMap(({ part }) => [...part]),
				slots: all.flatMap((one) => (one instanceof HTMLSlotElement ? one.name : [])),
			};
		});
		// What is for a screen reader alone is nobody's to style.
		expect([...new Set(found.parts)].sort()).toEqual([...named(cssParts), "spoken"].sort());
		expect(found.slots.sort()).toEqual(named(slots));
	});

	test("custom properties, each of which changes a color", async () => {
		const switcher = await openPopup("names=Ada,Bob");
		await switcher.account("Ada").hover();
		/** The colors of all that is there, once nothing is half-way to another one. */
		const colors = () =>
			switcher.element.evaluate(({ shadowRoot }) =>
				[...(shadowRoot?.querySelectorAll("*") ?? [])].map((one) => {
					const { color, backgroundColor, borderColor, outlineColor } = getComputedStyle(one);
					return [color, backgroundColor, borderColor, outlineColor].join();
				}),
			);
		await switcher.page.keyboard.press("ArrowDown");
		const before = await colors();
		for (const name of named(cssProperties)) {
			const set = (color: string) =>
				switcher.element.evaluate((element: HTMLElement, [name, color]) => element.style.setProperty(name, color), [
					name,
					color,
				] as const);
			await set("rgb(1, 2, 3)");
			expect((await colors()).join(), name).toContain("rgb(1, 2, 3)");
			await set("");
		}
		expect(await colors()).toEqual(before);
	});
});

test("parts and custom properties change its looks", async () => {
	const switcher = await openElement("names=Ada,Bob");
	await switcher.page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(
			"account-switcher{--account-switcher-surface:rgb(1,2,3)} account-switcher::part(popup){border-width:5px}",
		);
		document.adoptedStyleSheets = [sheet];
	});
	await switcher.trigger.click();
	const { backgroundColor, borderTopWidth } = await switcher.popup.evaluate((popup) => {
		const { backgroundColor, borderTopWidth } = getComputedStyle(popup);
		return { backgroundColor, borderTopWidth };
	});
	expect({ backgroundColor, borderTopWidth }).toEqual({ backgroundColor: "rgb(1, 2, 3)", borderTopWidth: "5px" });
});
