import type { BrowserContext, Locator } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";

const [ada, grace, alan, edsger] = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Edsger Dijkstra"] as const;
const used = "This link was already used or has expired. Go back to get a new one";

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;
/** Every mail that the page was given. */
let mails: { to: string; brings: { code?: string; token?: string } }[];

beforeEach(async () => {
	context = await demo.newDevice({ viewport: { width: 1180, height: 900 } });
	mails = [];
	context.on("response", async (response) => {
		if (response.url().includes("/demo/mails")) mails.push(...(await response.json()));
	});
	view = await SwitcherPage.open(context, demo.url);
});
const sent = (path: string) => view.log.getByText(path, { exact: true }).count();
const hasFocus = (field: Locator) =>
	eventually(() => field.evaluate((element) => element === document.activeElement)).toBe(true);

async function signInWith(email: string, password: string): Promise<void> {
	await view.openForm();
	await view.email.fill(email);
	await view.password.fill(password);
	await view.password.press("Enter");
}

describe("signing up", () => {
	async function signUp(name: string, email: string, password: string): Promise<void> {
		await view.openForm();
		await view.page.getByText("Sign up", { exact: true }).click();
		await view.page.getByLabel("Name", { exact: true }).fill(name);
		await view.email.fill(email);
		await view.password.fill(password);
		await view.password.press("Enter");
	}

	test("adds an account to the others, makes it active and goes to its inbox", async () => {
		await view.signIn(ada);
		await signUp("Barbara Liskov", "barbara@example.com", "substitution");
		await view.seesActive("Barbara Liskov");
		await view.seesAccounts(ada, "Barbara Liskov");
		await view.hears("Now using Barbara Liskov");
		await view.focusIsOn("inbox-title");
		expect(await view.email.isVisible()).toBe(false);
	});

	test("says what is wrong beside the form and goes to that field; what can't be right is not sent", async () => {
		await signUp("Frances Allen", "", "");
		await view.seesAlert("Enter your email address");
		await eventually(() => view.page.locator("#form .problem").getAttribute("data-answer")).toBe(
			"invalid-input · email: an e-mail address · password: a text, not empty",
		);
		await hasFocus(view.email);
		expect(await view.email.getAttribute("aria-invalid")).toBe("true");
		expect(await sent("/sign-up/email")).toBe(0);

		await view.email.fill("frances@example.com");
		await view.password.fill("short");
		await view.password.press("Enter");
		await view.seesAlert("Use at least 8 characters");
		await hasFocus(view.password);
		expect(await view.email.getAttribute("aria-invalid")).toBeNull();

		await view.email.fill("ada@example.com");
		await view.password.fill("long enough");
		await view.password.press("Enter");
		await view.seesAlert("This email address already has an account. Sign in instead");
		await hasFocus(view.email);
	});

	test("says that no answer came, and works the next time", async () => {
		await view.faults.arm("sign-up", "lost before it took effect");
		await signUp("Jean Bartik", "jean@example.com", "eniac-eniac");
		await view.seesAlert("Can't reach the server. Try again");
		await view.button("Create account").click();
		await view.seesActive("Jean Bartik");
		await view.seesNoAlert();
	});
});

describe("two-factor", () => {
	test("takes the code from the mail on the page, which goes when it is used", async () => {
		await view.signIn(ada);
		await view.openForm();
		await view.people.getByRole("button", { name: edsger }).click();
		await hasFocus(view.code);
		await view.mail.getByText("To edsger@example.com").waitFor();
		await view.mail.getByRole("button", { name: "Use this code" }).click();
		await hasFocus(view.code);
		expect(await view.code.inputValue()).toBe(mails[0]?.brings.code);
		await view.page.keyboard.press("Enter");
		await view.seesActive(edsger);
		await view.seesAccounts(ada, edsger);
		await view.focusIsOn("inbox-title");
		expect(await view.mail.isVisible()).toBe(false);
	});

	test("given up goes back to the form, with the address and nothing else in it", async () => {
		await signInWith("edsger@example.com", "correct-horse");
		await view.mail.getByRole("button", { name: "Use this code" }).click();
		await view.button("Cancel").click();
		await hasFocus(view.password);
		expect(await view.email.inputValue()).toBe("edsger@example.com");
		expect(await view.password.inputValue()).toBe("");
		expect(await view.code.inputValue()).toBe("");
		expect(await view.mail.isVisible()).toBe(false);
	});
});

describe("a forgotten password", () => {
	const newPassword = () => view.page.getByLabel("New password", { exact: true });
	const link = () => view.mail.getByRole("button", { name: "Set a new password" });

	async function askForMail(email: string): Promise<void> {
		await view.openForm();
		await view.button("Forgot password?").click();
		await hasFocus(view.email);
		await view.email.fill(email);
		await view.email.press("Enter");
	}

	test("is set anew through the mail, by keyboard alone; the old one works no more", async () => {
		await askForMail("katherine@example.com");
		await hasFocus(link());
		await view.page.keyboard.press("Enter");
		await hasFocus(newPassword());
		await view.page.keyboard.type("short");
		await view.page.keyboard.press("Enter");
		await view.seesAlert("Use at least 8 characters");
		await newPassword().fill("orbital-mechanics");
		await view.page.keyboard.press("Enter");
		await view.page.getByText("Your new password is set. Sign in with it.").waitFor();
		await hasFocus(view.password);
		expect(await view.email.inputValue()).toBe("katherine@example.com");

		await view.page.keyboard.type("correct-horse");
		await view.page.keyboard.press("Enter");
		await view.seesAlert("Incorrect email or password");
		await view.password.fill("orbital-mechanics");
		await view.page.keyboard.press("Enter");
		await view.seesActive("Katherine Johnson");
		await view.focusIsOn("inbox-title");
		expect(await view.mail.isVisible()).toBe(false);
	});

	test("of a sample person asks for it where one click would do", async () => {
		await askForMail("margaret@example.com");
		await link().click();
		await newPassword().fill("guidance-computer");
		await newPassword().press("Enter");
		await view.people.getByRole("button", { name: "Margaret Hamilton" }).click();
		await view.seesAlert("The password of this sample person was changed. Enter the new one");
		await hasFocus(view.password);
		await view.page.keyboard.type("guidance-computer");
		await view.page.keyboard.press("Enter");
		await view.seesActive("Margaret Hamilton");
	});

	test("is not set twice by one link, and a new mail helps", async () => {
		await askForMail("donald@example.com");
		for (const password of ["first-edition", "second-edition"]) {
			await link().click();
			await newPassword().fill(password);
			await newPassword().press("Enter");
			if (password === "first-edition") await view.page.getByText("Your new password is set.").waitFor();
		}
		await view.seesAlert(used);
		expect(await newPassword().getAttribute("aria-invalid")).toBeNull();
		await view.button("Back").click();
		await hasFocus(view.password);
		await view.seesNoAlert();
		await askForMail("donald@example.com");
		await hasFocus(link());
		await link().click();
		await newPassword().fill("third-edition");
		await newPassword().press("Enter");
		await signInWith("donald@example.com", "third-edition");
		await view.seesActive("Donald Knuth");
	});

	test("is not set by a link that nobody was sent", async () => {
		await context.route("**/demo/mails?*", async (route) => {
			const response = await route.fetch();
			const text = (await response.text()).replace(/"token":"[^"]+"/, '"token":"made-up-by-somebody-else"');
			await route.fulfill({ response, body: text });
		});
		await askForMail("alan@example.com");
		await link().click();
		await newPassword().fill("not-his-password");
		await newPassword().press("Enter");
		await view.seesAlert(used);
		await context.unroute("**/demo/mails?*");
		await view.page.reload();
		await view.signIn(alan);
	});

	test("of an address that nobody has brings no mail, and is not told by the form", async () => {
		await askForMail("nobody@example.com");
		await view.page.getByText("If that address has an account, an email is on its way.").waitFor();
		await view.mail.getByText("No email for nobody@example.com").waitFor();
		expect(await link().isVisible()).toBe(false);
	});

	test("is asked for again where no answer came", async () => {
		await view.faults.arm("password", "lost before it took effect");
		await askForMail("grace@example.com");
		await view.seesAlert("Can't reach the server. Try again");
		expect(await view.mail.isVisible()).toBe(false);
		await view.button("Send reset link").click();
		await link().waitFor();
		await view.seesNoAlert();
	});
});

describe("organizations", () => {
	const list = () => view.organizations.allInnerTexts();
	const chosen = () => view.page.locator("#organizations [aria-pressed=true] .name").allInnerTexts();
	const toggle = (name: string) =>
		view.page.locator("#organizations").getByRole("button", { name: new RegExp(`^${name}`) });
	const says = (words: string) => view.page.locator("#organizations-say").getByText(words).waitFor();

	test("are created and made active, follow a switch, and are as they were on coming back", async () => {
		await view.signIn(grace, ada);
		await eventually(list).toEqual(["Analytical Engines", "Royal Society"]);
		expect(await chosen()).toEqual([]);

		const name = view.page.getByLabel("New organization");
		await name.fill("Difference Engines");
		await name.press("Enter");
		await says("Difference Engines was created and is active");
		await eventually(list).toEqual(["Analytical Engines", "Royal Society", "Difference Engines"]);
		await eventually(chosen).toEqual(["Difference Engines"]);
		await hasFocus(name);
		expect(await name.inputValue()).toBe("");

		await toggle("Royal Society").click();
		await says("Royal Society is active");
		await eventually(chosen).toEqual(["Royal Society"]);

		await view.switchTo(grace);
		await view.seesActive(grace);
		await eventually(list).toEqual(["Harvard Mark I", "Compiler Works"]);
		expect(await chosen()).toEqual([]);
		await toggle("Compiler Works").click();
		await eventually(chosen).toEqual(["Compiler Works"]);

		await view.switchTo(ada);
		await view.seesActive(ada);
		await eventually(list).toEqual(["Analytical Engines", "Royal Society", "Difference Engines"]);
		await eventually(chosen).toEqual(["Royal Society"]);
		await toggle("Royal Society").click();
		await says("No organization is active");
		await eventually(chosen).toEqual([]);
	});

	test("of one account never stand under another, however late the answer", async () => {
		await view.signIn(grace, alan);
		await eventually(list).toEqual(["Bletchley Park"]);
		await view.faults.slowDown("organization", "1.2 s");
		await view.switchTo(grace);
		await eventually(() => view.activeNames()).toEqual([grace]);
		expect(await list()).not.toContain("Bletchley Park");
		await eventually(list).toEqual(["Harvard Mark I", "Compiler Works"]);
		await view.signOutAll();
		await view.page.locator(".organizations").getByText("Nobody is signed in").waitFor();
		expect(await list()).toEqual([]);
	});

	test("are deleted when asked twice, and a name that is taken is refused beside the form", async () => {
		await view.signIn(alan);
		const name = view.page.getByLabel("New organization");
		await name.fill("Bletchley Park");
		await name.press("Enter");
		await view.seesAlert("An organization with this name already exists");
		await hasFocus(name);
		await name.fill("");
		await name.press("Enter");
		await view.seesAlert("Enter a name");
		await name.fill("Hut 8");
		await name.press("Enter");
		await eventually(list).toEqual(["Bletchley Park", "Hut 8"]);
		await view.seesNoAlert();

		await view.button("Delete Hut 8").click();
		await view.button("Really delete Hut 8?").press("Tab");
		await view.button("Delete Hut 8").click();
		await view.button("Really delete Hut 8?").click();
		await says("Hut 8 was deleted");
		await eventually(list).toEqual(["Bletchley Park"]);
		await hasFocus(name);
	});

	test("that can't be read say so, and what the server refuses is told in words", async () => {
		await view.signIn(alan);
		await eventually(list).toEqual(["Bletchley Park"]);
		await view.faults.arm("organization", "500, nothing done");
		await toggle("Bletchley Park").click();
		await view.seesAlert("The server has a problem. Try again in a moment");
		await toggle("Bletchley Park").click();
		await eventually(chosen).toEqual(["Bletchley Park"]);
		await view.seesNoAlert();
		await view.faults.arm("organization", "lost before it took effect");
		await view.signIn(grace);
		await view.page.locator(".organizations").getByText("Can't load organizations").waitFor();
	});
});

test("no password, code or token of the forms stands in the log, the markup, the address or what is stored", async () => {
	await view.page.getByText("Sign up", { exact: true }).click();
	await view.page.getByLabel("Name", { exact: true }).fill("Joan Clarke");
	await view.email.fill("joan@example.com");
	await view.password.fill("secret-of-hut-8");
	await view.password.press("Enter");
	await view.seesActive("Joan Clarke");
	await view.openForm();
	await view.button("Forgot password?").click();
	await view.email.fill("joan@example.com");
	await view.email.press("Enter");
	await view.mail.getByRole("button", { name: "Set a new password" }).click();
	await view.page.getByLabel("New password", { exact: true }).fill("another-secret-of-hut-8");
	await view.page.getByLabel("New password", { exact: true }).press("Enter");
	await view.page.getByText("Your new password is set.").waitFor();
	await signInWith("joan@example.com", "another-secret-of-hut-8");
	await view.focusIsOn("inbox-title");
	await view.openForm();
	await view.people.getByRole("button", { name: edsger }).click();
	await view.mail.getByRole("button", { name: "Use this code" }).click();
	await view.code.press("Enter");
	await view.seesActive(edsger);

	const log = (await view.log.textContent()) ?? "";
	for (const hidden of ["newPassword •••, token •••", "password •••", "code •••"]) expect(log).toContain(hidden);
	const shown = await view.page.evaluate(
		() => location.href + document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }),
	);
	const secrets = mails.flatMap(({ brings }) => brings.code ?? brings.token ?? "");
	expect(new Set(mails.map(({ to }) => to))).toEqual(new Set(["joan@example.com", "edsger@example.com"]));
	for (const secret of [...secrets, "secret-of-hut-8"]) {
		expect(secret.length).toBeGreaterThan(5);
		// Not the secret itself in a failure's message.
		expect(log.includes(secret)).toBe(false);
		expect(shown.includes(secret)).toBe(false);
	}
});
