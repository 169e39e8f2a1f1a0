import { describe, expect, test } from "vitest";
import { eventually } from "../browser/switcher-page.js";
import { elementSite } from "./element-page.js";
import { inEachEngine } from "./engines.js";

const openElement = elementSite();

inEachEngine((openTab, engine) => {
	test("it is styled under a strict policy, and stays in the window from either side", async () => {
		for (const dir of ["ltr", "rtl"]) {
			const page = await openElement(openTab, "accounts=20");
			await page.tab.run((dir) => {
				document.documentElement.dir = dir;
			}, dir);
			await page.openPopup();
			const found = await page.tab.run(() => {
				const popup = document.querySelector("account-switcher")?.shadowRoot?.querySelector("[part=popup]");
				const { left = -1, right = 0, top = -1, bottom = 0, width } = popup?.getBoundingClientRect() ?? {};
				return { width, fits: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight };
			});
			expect(found).toEqual({ width: 320, fits: true });
			expect(await page.refused()).toEqual([]);
		}
	});

	describe.each([
		["320 pixels wide", 1, 320, 568],
		// What is left of 1280 by 1024 pixels, a window's size in WCAG 2.2, at 400 % zoom: four of the screen's pixels for one.
		["at 400 % zoom", 4, 320, 256],
	])("%s", (_, zoom, width, height) => {
		test.each([
			["start", "ltr", ""],
			["end", "ltr", ""],
			["start", "rtl", ""],
			["start", "ltr", "text-align:center"],
			["start", "ltr", "position:fixed;inset:auto 0 0 auto"],
		])("at the %s, %s, styled %j, the popup fits and its last button can be reached", async (placement, dir, css) => {
			const setting = zoom === 1 ? {} : { zoom };
			const page = await openElement(openTab, "accounts=20", { placement, setting });
			await page.tab.resize(width, height);
			await eventually(() => page.tab.run(() => [innerWidth, innerHeight, devicePixelRatio])).toEqual([
				width,
				height,
				zoom,
			]);
			await page.tab.run(
				(dir, css) => {
					document.documentElement.dir = dir;
					const main = document.querySelector("main");
					if (main) main.style.cssText = css;
				},
				dir,
				css,
			);
			await page.openPopup();
			const placeOf = async (part: string) => {
				const { x, y, width: wide, height: high } = (await page.boxOf(part)) ?? { x: -1, y: -1, width: 0, height: 0 };
				return { wide, top: y, bottom: y + high, fits: x >= 0 && y >= 0 && x + wide <= width && y + high <= height };
			};
			const [popup, trigger] = [await placeOf("popup"), await placeOf("trigger")];
			expect(popup).toMatchObject({ wide: width - 16, fits: true });
			// In a window that is lower it has to lie over the trigger.
			if (zoom === 1) expect(popup.top >= trigger.bottom || popup.bottom <= trigger.top).toBe(true);
			const scrolls = await page.tab.run(() => {
				const { scrollWidth, clientWidth } = document.documentElement;
				return scrollWidth > clientWidth;
			});
			expect(scrolls).toBe(false);
			await page.tab.press("End");
			await eventually(() => page.focused()).toBe("Sign out of all accounts");
			await eventually(async () => (await placeOf("sign-out-all")).fits).toBe(true);
			await page.click("sign-out-all");
			await eventually(() => page.focused()).toBe("Sign out of all 20 accounts?");
		});
	});

	test("in forced colors the current account is seen, and so is what has the focus", async () => {
		const page = await openElement(openTab, "names=Ada,Bob", { setting: { contrast: "more" } });
		// WebKitGTK forces no colors: of the desktop's theme a page gets to know its contrast alone.
		const isForced = engine !== "WebKit";
		const query = isForced ? "(forced-colors: active)" : "(forced-colors: none) and (prefers-contrast: more)";
		expect(await page.tab.run((query) => matchMedia(query).matches, query)).toBe(true);
		await page.openPopup();
		await page.tab.press("ArrowDown");
		await eventually(() => page.focused()).toBe("Ada");
		const looks = (name: string) =>
			page.tab.run((name) => {
				const all = document.querySelector("account-switcher")?.shadowRoot?.querySelectorAll("[part=account]") ?? [];
				const row = [...all].find((one) => one.textContent?.includes(name));
				if (!row) return null;
				const { borderTopWidth, borderTopColor, outlineStyle } = getComputedStyle(row);
				return {
					mark: getComputedStyle(row, "::after").content,
					border: borderTopWidth,
					isBorderSeen: borderTopColor !== "rgba(0, 0, 0, 0)",
					outline: outlineStyle,
				};
			}, name);
		const bordered = { border: "1px", isBorderSeen: isForced };
		expect(await looks("Bob")).toEqual({ ...bordered, mark: expect.stringContaining("✓"), outline: "none" });
		expect(await looks("Ada")).toEqual({ ...bordered, mark: "none", outline: "solid" });
	});
});
