import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "./open-demo.js";
import { eventually, SwitcherPage } from "./switcher-page.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const [katherine, donald, margaret] = ["Katherine Johnson", "Donald Knuth", "Margaret Hamilton"] as const;
const artifacts = join(import.meta.dirname, "../artifacts");

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;

// A device of its own for every test.
beforeEach(async () => {
	context = await demo.newDevice({ viewport: { width: 1180, height: 900 }, colorScheme: "light" });
	view = await SwitcherPage.open(context, demo.url);
});

describe("signing in", () => {
	test("starts with an open form and sample people where nobody is signed in", async () => {
		await view.email.waitFor();
		await eventually(() => view.people.getByRole("button").count()).toBe(7);
		expect(await view.button("Add account").isVisible()).toBe(false);
		expect(await view.button("Sign out all").isVisible()).toBe(false);
	});

	test("takes one click for a sample person; the newest one is active and has the focus", async () => {
		await view.signIn(ada, grace);
		await view.seesAccounts(ada, grace);
		await view.hears(`Now using ${grace}.`);
		await view.focusIsOn(grace);
		expect(await view.email.isVisible()).toBe(false);
	});

	test("says in words that a password is wrong, and takes the right one", async () => {
		await view.email.fill("ada@example.com");
		await view.password.fill("not-her-password");
		await view.password.press("Enter");
		await view.seesAlert("That e-mail and password don't go together.");
		expect(await view.password.evaluate((input) => input === document.activeElement)).toBe(true);
		await view.password.fill("correct-horse");
		await view.password.press("Enter");
		await view.seesActive(ada);
	});

	test("creates an account, and writes a name as it is", async () => {
		const name = "<b>Barbara</b> Liskov";
		await view.page.getByText("Sign up", { exact: true }).click();
		await view.page.getByLabel("Name").fill(name);
		await view.email.fill("barbara@example.com");
		await view.password.fill("substitution");
		await view.password.press("Enter");
		await view.seesActive(name);
	});

	test("asks a person with two-factor for the code, while the other accounts stay", async () => {
		await view.signIn(ada);
		await view.openForm();
		await view.people.getByRole("button", { name: "Edsger Dijkstra" }).click();
		const code = view.page.getByLabel("Code");
		await code.waitFor();
		await view.seesAccounts(ada);
		await code.fill("000000");
		await code.press("Enter");
		await view.seesAlert("That code is wrong.");
		const printed = await demo.line(/Two-factor code for edsger@example\.com/);
		await code.fill(printed.slice(-6));
		await code.press("Enter");
		await view.seesActive("Edsger Dijkstra");
		await view.seesAccounts(ada, "Edsger Dijkstra");
	});
});

describe("switching", () => {
	test("takes a click; a reload keeps the choice", async () => {
		await view.signIn(ada, grace);
		await view.account(ada).click();
		await view.seesActive(ada);
		await view.hears(`Now using ${ada}.`);
		await view.page.reload();
		await view.seesActive(ada);
		await eventually(() => view.accounts.locator(".name").count()).toBe(2);
	});

	test("marks the row as busy and lights the state while the answer is on its way", async () => {
		await view.signIn(ada, grace);
		await view.page.getByLabel("Slow network").check();
		await view.account(ada).click();
		await eventually(() => view.row(ada).getAttribute("aria-busy")).toBe("true");
		await view.seesState("switching");
		await view.seesActive(ada);
		await eventually(() => view.row(ada).getAttribute("aria-busy")).toBeNull();
		await view.seesState("idle");
	});

	test("ends on the last of several quick clicks", async () => {
		await view.signIn(ada, grace, alan);
		await view.page.getByLabel("Slow network").check();
		for (const name of [ada, grace, ada, grace]) await view.account(name).click();
		await view.seesActive(grace);
		await view.seesState("idle");
		await view.seesActive(grace);
	});

	test("works by keyboard alone, and the focus is never lost", async () => {
		await view.signIn(ada, grace, alan);
		await view.focusIsOn(alan);
		await view.page.keyboard.press("ArrowUp");
		await view.focusIsOn(grace);
		await view.page.keyboard.press("Enter");
		await view.seesActive(grace);
		await view.focusIsOn(grace);
		await view.page.keyboard.press("Tab");
		await view.focusIsOn(`Sign out ${grace}`);
		await view.page.keyboard.press("Space");
		await view.seesAccounts(ada, alan);
		await view.focusIsOn(`Sign out ${alan}`);
		await view.page.keyboard.press("Space");
		await view.seesAccounts(ada);
		await view.focusIsOn(`Sign out ${ada}`);
		await view.page.keyboard.press("Space");
		await view.seesAccounts();
		await eventually(() => view.email.evaluate((input) => input === document.activeElement)).toBe(true);
	});

	test("says in words that the server can't be reached, keeps the rows, and goes on afterwards", async () => {
		await view.signIn(ada, grace);
		await context.route("**/api/auth/**", (route) => route.abort());
		await view.account(ada).click();
		await view.seesAlert("The server can't be reached.");
		await view.seesAccounts(ada, grace);
		await context.unroute("**/api/auth/**");
		await view.button("Try again").click();
		await view.seesActive(ada);
		await view.seesNoAlert();
		await view.focusIsOn(ada);
	});

	test("brings the organizations of who is active", async () => {
		const organizations = () => view.organizations.allInnerTexts();
		await view.signIn(ada, grace);
		await eventually(organizations).toEqual(["Harvard Mark I", "Compiler Works"]);
		await view.account(ada).click();
		await view.seesActive(ada);
		await eventually(organizations).toEqual(["Analytical Engines", "Royal Society"]);
	});
});

describe("signing out", () => {
	test("of the active account leaves the survivor active, and useSession agrees", async () => {
		await view.signIn(ada, grace, alan);
		await view.account(ada).click();
		await view.seesActive(ada);
		await view.button(`Sign out ${ada}`).click();
		await view.seesAccounts(grace, alan);
		await view.seesActive(alan);
		await view.hears(`Signed out ${ada}.`);
		await view.hears(`Now using ${alan}.`);
		expect(await view.page.locator("#says-agrees").textContent()).toContain("Agrees");
	});

	test("of the others leaves the active one; of all opens the form again", async () => {
		await view.signIn(ada, grace, alan);
		await view.button("Sign out others").click();
		await view.seesAccounts(alan);
		for (const name of [ada, grace]) await view.hears(`Signed out ${name}.`);
		await view.seesActive(alan);
		expect(await view.button("Sign out others").getAttribute("aria-disabled")).toBe("true");
		await view.button("Sign out all").click();
		await view.seesAccounts();
		await view.email.waitFor();
		await eventually(() => view.page.locator("#says-session").textContent()).toBe("nobody");
	});
});

describe("more accounts than the device remembers", () => {
	test("are warned of beforehand; switching away from one happens only when told so", async () => {
		await view.signIn(ada, grace, alan, katherine, donald);
		await view.openForm();
		await view.page.getByText("This device holds 5 accounts").waitFor();
		await view.signIn(margaret);
		await view.page.getByText(`Switching to somebody else signs ${margaret} out for good.`).waitFor();

		await view.account(grace).click();
		await view.seesAlert("Switching now would sign the current account out for good.");
		await view.seesActive(margaret);

		await view.button("Switch anyway and sign it out").click();
		await view.seesActive(grace);
		await view.seesAccounts(ada, grace, alan, katherine, donald);
		await view.hears(`Signed out ${margaret}.`);
		await view.focusIsOn(grace);
	});
});

describe("the page", () => {
	test("shows no token: not in its text, its log, its markup or what it stores", async () => {
		await view.signIn(ada, grace, alan);
		await view.account(ada).click();
		await view.seesActive(ada);
		await view.button(`Sign out ${grace}`).click();
		await view.seesAccounts(ada, alan);
		const shown = await view.page.evaluate(
			() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }),
		);
		expect(await view.log.textContent()).toContain("sessionToken •••");
		const tokens = (await context.cookies())
			.filter(({ name }) => name.includes("session_token"))
			.map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "");
		expect(new Set(tokens).size).toBe(2);
		for (const token of tokens) {
			expect(token.length).toBeGreaterThan(16);
			// Not the values themselves in a failure's message.
			expect(shown.toLowerCase().includes(token.toLowerCase())).toBe(false);
		}
		expect(await view.log.textContent()).not.toContain("correct-horse");
	});

	test("fits light, dark and narrow screens", async () => {
		await view.signIn(ada, grace, alan);
		await view.photograph(join(artifacts, "demo-light.png"));
		await view.page.emulateMedia({ colorScheme: "dark" });
		await view.photograph(join(artifacts, "demo-dark.png"));
		await view.page.setViewportSize({ width: 320, height: 800 });
		await view.openForm();
		await view.photograph(join(artifacts, "demo-narrow.png"));
		expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
	});
});
