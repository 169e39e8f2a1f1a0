import { createRequire } from "node:module";
import type { BrowserContext } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openDemo } from "./open-demo.js";
import { eventually, SwitcherPage } from "./switcher-page.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const demo = openDemo();
/** One device for all: who signs in once is here for every test. */
let state: Awaited<ReturnType<BrowserContext["storageState"]>>;

beforeAll(async () => {
	const context = await demo.newDevice();
	for (const name of ["ada", "grace", "alan"]) {
		const answer = await context.request.post(`${demo.url}/api/auth/sign-in/email`, {
			data: { email: `${name}@example.com`, password: "correct-horse" },
			headers: { origin: demo.url },
		});
		expect(answer.status()).toBe(200);
	}
	const answer = await context.request.post(`${demo.url}/api/auth/organization/set-active`, {
		data: { organizationSlug: "bletchley-park" },
		headers: { origin: demo.url },
	});
	expect(answer.status()).toBe(200);
	state = await context.storageState();
	await context.close();
});
/** What axe finds on the page as it is now: the rule, and where. */
async function violations({ page }: SwitcherPage): Promise<string[]> {
	// The answer to a form is shown before its button is itself again.
	await page.locator("form[aria-busy=true]").first().waitFor({ state: "detached" });
	const found = await page.evaluate(async () => {
		// A color that is half-way to another is nobody's. What is taken back before it ends rejects.
		const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(ending.map(({ finished }) => finished));
		// Safe: axe has just been put there.
		const { axe: here } = globalThis as unknown as { axe: typeof import("axe-core") };
		const { violations } = await here.run(document, { resultTypes: ["violations"] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
	});
	return found;
}

const schemes = ["light", "dark"] as const;
const widths = [320, 1280] as const;

describe.each(schemes)("in %s", (colorScheme) => {
	describe.each(widths)("at %i pixels", (width) => {
		async function open(storageState?: typeof state): Promise<SwitcherPage> {
			const context = await demo.newDevice({
				colorScheme,
				viewport: { width, height: 800 },
				reducedMotion: "reduce",
				// The page lets in no script but its own: axe is ours.
				bypassCSP: true,
				...(storageState && { storageState }),
			});
			const view = await SwitcherPage.open(context, demo.url);
			await eventually(() => view.page.locator(".host p, .host ul").count()).toBeGreaterThanOrEqual(5);
			await view.page.addScriptTag({ path: axe });
			return view;
		}

		test("nothing is found where nobody is signed in", async () => {
			const view = await open();
			await view.email.waitFor();
			await eventually(() => view.page.locator(".pane").getByText("Nobody is signed in.").count()).toBe(5);
			expect(await violations(view)).toEqual([]);
		});

		test("nothing is found with accounts, with the form and a source open, and with a switch under way", async () => {
			const view = await open(state);
			await eventually(() => view.page.locator(".host li").count()).toBe(15);
			expect(await violations(view)).toEqual([]);
			await view.openForm();
			await view.page.getByRole("button", { name: "Source for React" }).click();
			await view.page.getByText("useStore(deviceSessions)").waitFor();
			await view.page.getByLabel("Slow network").check();
			await view.account("Ada Lovelace").click();
			await eventually(() => view.page.locator("[aria-busy=true]").count()).toBeGreaterThan(0);
			expect(await violations(view)).toEqual([]);
			expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
			await view.seesActive("Ada Lovelace");
		});

		test("nothing is found in the forms, with their mails and with what they refuse", async () => {
			const view = await open(state);
			await eventually(() => view.page.locator(".host li").count()).toBe(15);
			const findsNothing = async () => {
				expect(await violations(view)).toEqual([]);
				expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
			};
			await view.page.getByLabel("New organization").fill("Bletchley Park");
			await view.button("Create").click();
			await view.seesAlert("There is an organization of that name already.");
			await view.page.locator("#organizations [aria-pressed=true]").waitFor();
			await view.openForm();
			await view.button("Forgot password?").click();
			await view.button("Send the mail").click();
			await view.seesAlert("An e-mail address is wanted.");
			await findsNothing();

			await view.email.fill("nobody@example.com");
			await view.button("Send the mail").click();
			await view.mail.getByText("Nothing came for nobody@example.com").waitFor();
			await findsNothing();

			await view.email.fill("katherine@example.com");
			await view.button("Send the mail").click();
			await view.mail.getByRole("button", { name: "Set a new password" }).click();
			await view.button("Set the password").click();
			await view.seesAlert("A new password is wanted.");
			await findsNothing();

			await view.button("Back").click();
			await view.people.getByRole("button", { name: "Edsger Dijkstra" }).click();
			await view.mail.getByRole("button", { name: "Use this code" }).waitFor();
			await view.button("Confirm").click();
			await view.seesAlert("The code is wanted.");
			await findsNothing();
		});

		test("nothing is found where something went wrong", async () => {
			const view = await open(state);
			await eventually(() => view.page.locator(".host li").count()).toBe(15);
			await view.page.route("**/api/auth/**", (route) => route.abort());
			await view.account("Grace Hopper").click();
			await eventually(() => view.page.getByRole("alert").filter({ visible: true }).count()).toBe(6);
			expect(await violations(view)).toEqual([]);
			expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		});
	});
});
