import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from "vitest";
import { launchChromium } from "./chromium.js";
import { signUpAdaAndBob } from "./sign-up.js";

/**
 * For a test file: one site and one Chromium for all its tests, and for each test a device of its own, on which Ada and
 * Bob have signed up; Bob is active.
 */
export function openDevices<Site extends { readonly url: string; close(): Promise<unknown> }>(
	startSite: () => Promise<Site>,
) {
	let site: Site;
	let browser: Browser;
	let context: BrowserContext;

	beforeAll(async () => {
		[site, browser] = await Promise.all([startSite(), launchChromium()]);
	});
	afterAll(async () => {
		await browser?.close();
		await site?.close();
	});
	beforeEach(async () => {
		context = await browser.newContext();
		onTestFinished(() => context.close());
		await signUpAdaAndBob(context, site.url);
	});

	return {
		get site(): Site {
			return site;
		},
		get browser(): Browser {
			return browser;
		},
		/** The device of the test that runs. */
		get context(): BrowserContext {
			return context;
		},
		/** A tab of the device, whose page throws nothing until the test ends. */
		async newTab(): Promise<Page> {
			const tab = await context.newPage();
			const thrown: string[] = [];
			tab.on("pageerror", (error) => thrown.push(String(error)));
			onTestFinished(() => expect(thrown).toEqual([]));
			return tab;
		},
	};
}
