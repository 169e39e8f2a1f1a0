import type { BrowserContext } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "./axe.js";
import { openDemo } from "./open-demo.js";
import { eventually, SwitcherPage } from "./switcher-page.js";

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
	return violationsOf(page);
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
			return view;
		}

		test("nothing is found where nobody is signed in", async () => {
			const view = await open();
			await view.email.waitFor();
			await eventually(() => view.page.locator(".pane").getByText("Nobody is signed in.").count()).toBe(5);
			expect(await violations(view)).toEqual([]);
		});

		const openWithThree = async (): Promise<SwitcherPage> => {
			const view = await open(state);
			await eventually(() => view.page.locator(".host li").count()).toBe(15);
			return view;
		};
		async function findsNothing(view: SwitcherPage): Promise<void> {
			expect(await violations(view)).toEqual([]);
			expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		}

		test("nothing is found with accounts, in the inbox, in the switcher, and with all of it closed", async () => {
			const view = await openWithThree();
			await view.page.getByText("Chess, and hut 8").click();
			await findsNothing(view);
			await view.openPopup();
			await findsNothing(view);
			await view.openManagement();
			await findsNothing(view);
			await view.page.keyboard.press("Escape");
			await view.page.locator("#hood > summary").click();
			await findsNothing(view);
		});

		test("nothing is found with the form and a source open, and with a switch under way", async () => {
			const view = await openWithThree();
			await view.openForm();
			await view.page.getByRole("button", { name: "Source for React" }).click();
			await view.page.getByText("useStore(deviceSessions)").waitFor();
			await findsNothing(view);
			await view.page.getByLabel("Slow network").check();
			await view.switchTo("Ada Lovelace");
			await eventually(() => view.page.locator("[aria-busy=true]").count()).toBeGreaterThan(0);
			await findsNothing(view);
			await view.seesActive("Ada Lovelace");
		});

		test("nothing is found where nobody is active, and where mail is missing or can't be loaded", async () => {
			const view = await openWithThree();
			await view.faults.arm("letters", "500, nothing done");
			await view.switchTo("Grace Hopper");
			await view.page.getByText("Can't load your mail").waitFor();
			await findsNothing(view);
			await view.openForm();
			await view.page.getByText("Sign up", { exact: true }).click();
			await view.page.getByLabel("Name", { exact: true }).fill("Frances Allen");
			await view.email.fill(`frances-${colorScheme}-${width}@example.com`);
			await view.password.fill("optimizing");
			await view.password.press("Enter");
			await view.page.getByText("No mail yet").waitFor();
			await findsNothing(view);
			await view.faults.elsewhere("Frances Allen", "End it");
			await view.button("Read now").click();
			await view.page.getByRole("heading", { name: "Welcome back" }).waitFor();
			await findsNothing(view);
		});

		test("nothing is found in the forms, with their mails and with what they refuse", async () => {
			const view = await openWithThree();
			await view.page.getByLabel("New organization").fill("Bletchley Park");
			await view.button("Create").click();
			await view.seesAlert("An organization with this name already exists");
			await view.page.locator("#organizations [aria-pressed=true]").waitFor();
			await view.openForm();
			await view.button("Forgot password?").click();
			await view.button("Send reset link").click();
			await view.seesAlert("Enter your email address");
			await findsNothing(view);

			await view.email.fill("nobody@example.com");
			await view.button("Send reset link").click();
			await view.mail.getByText("No email for nobody@example.com").waitFor();
			await findsNothing(view);

			await view.email.fill("katherine@example.com");
			await view.button("Send reset link").click();
			await view.mail.getByRole("button", { name: "Set a new password" }).click();
			await view.button("Set password").click();
			await view.seesAlert("Enter a new password");
			await findsNothing(view);

			await view.button("Back").click();
			await view.people.getByRole("button", { name: "Edsger Dijkstra" }).click();
			await view.mail.getByRole("button", { name: "Use this code" }).waitFor();
			await view.button("Continue").click();
			await view.seesAlert("Enter the code");
			await findsNothing(view);
		});

		test("nothing is found where something went wrong", async () => {
			const view = await openWithThree();
			await view.page.route("**/api/auth/**", (route) => route.abort());
			await view.switchTo("Grace Hopper");
			await eventually(() => view.page.getByRole("alert").filter({ visible: true }).count()).toBe(6);
			await findsNothing(view);
		});
	});
});
