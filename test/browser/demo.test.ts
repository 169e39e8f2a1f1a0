import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "./open-demo.js";
import { eventually, SwitcherPage } from "./switcher-page.js";

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const [katherine, donald, margaret] = ["Katherine Johnson", "Donald Knuth", "Margaret Hamilton"] as const;
const edsger = "Edsger Dijkstra";
const artifacts = join(import.meta.dirname, "../artifacts");

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;

// A device of its own for every test.
beforeEach(async () => {
	context = await demo.newDevice({ viewport: { width: 1180, height: 900 }, colorScheme: "light" });
	view = await SwitcherPage.open(context, demo.url);
});

/** Whom the browser's cookie stands for. */
async function cookieOf(): Promise<string | null> {
	const answer = await context.request.get(`${demo.url}/api/auth/get-session`);
	return (await answer.json())?.user.name ?? null;
}

describe("signing in", () => {
	test("starts with the form and sample people where nobody is signed in, and with the hood closed", async () => {
		await view.page.reload();
		await view.email.waitFor();
		await eventually(() => view.people.getByRole("button").count()).toBe(7);
		expect(await view.trigger.isVisible()).toBe(false);
		expect(await view.page.locator("#states").isVisible()).toBe(false);
	});

	test("takes one click for a sample person; the newest one is active, and the inbox has the focus", async () => {
		await view.signIn(ada, grace);
		await view.seesAccounts(ada, grace);
		await view.hears(`Now using ${grace}`);
		await view.focusIsOn("inbox-title");
		expect(await view.email.isVisible()).toBe(false);
		expect(new URL(view.page.url()).hash).toBe("");
	});

	test("is a place of its own: a link, the browser's back button, and a link back", async () => {
		await view.signIn(ada);
		await view.openForm();
		await eventually(() => view.email.evaluate((input) => input === document.activeElement)).toBe(true);
		expect(await view.popup.isVisible()).toBe(false);
		await view.page.goBack();
		await view.page.getByRole("heading", { name: "Inbox" }).waitFor();
		await view.openForm();
		await view.page.getByRole("link", { name: "Back to inbox" }).click();
		await view.focusIsOn("inbox-title");
		expect(await view.email.isVisible()).toBe(false);
	});

	test("says in words that a password is wrong, and takes the right one", async () => {
		await view.email.fill("ada@example.com");
		await view.password.fill("not-her-password");
		await view.password.press("Enter");
		await view.seesAlert("Incorrect email or password");
		expect(await view.password.evaluate((input) => input === document.activeElement)).toBe(true);
		await view.password.fill("correct-horse");
		await view.password.press("Enter");
		await view.seesActive(ada);
	});

	test("creates an account, and writes a name as it is", async () => {
		const name = "<b>Barbara</b> Liskov";
		await view.page.getByText("Sign up", { exact: true }).click();
		await view.page.getByRole("heading", { name: "Create an account" }).waitFor();
		await view.page.getByLabel("Name", { exact: true }).fill(name);
		await view.email.fill("barbara@example.com");
		await view.password.fill("substitution");
		await view.password.press("Enter");
		await view.seesActive(name);
		await view.page.getByText("No mail yet").waitFor();
	});

	test("asks a person with two-factor for the code, while the other accounts stay", async () => {
		await view.signIn(ada);
		await view.openForm();
		await view.people.getByRole("button", { name: edsger }).click();
		await view.code.waitFor();
		await view.seesAccounts(ada);
		await view.code.fill("000000");
		await view.code.press("Enter");
		await view.seesAlert("Incorrect code");
		const printed = await demo.line(/Two-factor code for edsger@example\.com/);
		await view.code.fill(printed.slice(-6));
		await view.code.press("Enter");
		await view.seesActive(edsger);
		await view.seesAccounts(ada, edsger);
	});

	test.each(["the form", "the switcher", "another tab"])(
		"given up half-way, in %s, leaves the account from before active",
		async (place) => {
			await view.signIn(ada);
			const other = place === "another tab" ? await SwitcherPage.open(context, demo.url) : view;
			await view.openForm();
			await view.people.getByRole("button", { name: edsger }).click();
			await view.code.waitFor();
			await eventually(cookieOf).toBeNull();
			// An account to choose is no way out that loses the code unasked.
			await view.hears("Finish signing in, or cancel");
			if (place === "the form") await view.button("Cancel").click();
			else {
				await other.openPopup();
				await other.popup.getByRole("button", { name: "Cancel sign-in" }).click();
			}
			await view.seesActive(ada);
			await eventually(cookieOf).toBe(ada);
			await view.email.waitFor();
			expect(await view.email.inputValue()).toBe("edsger@example.com");
			expect(await view.code.isVisible()).toBe(false);
			await eventually(() => view.organizations.allInnerTexts()).toEqual(["Analytical Engines", "Royal Society"]);
		},
	);
});

describe("the mail", () => {
	const hers = ["The last proofs of Note G", "Tea on Thursday"];
	const adas = [...hers, "Your notes are longer than my paper", "Re: A visit to the laboratory"];
	const graces = ["Relay 70, panel F", "Agenda for the language committee", "Your request to stay on"];

	test("is the active account's, as the server has it, and follows a switch and a sign-out", async () => {
		await view.signIn(grace, ada);
		await view.seesLetters("ada@example.com", ...adas);
		await view.switchTo(grace);
		await view.seesLetters("grace@example.com", ...graces);
		await view.signOut(grace);
		await view.seesLetters("ada@example.com", ...adas);
		await view.page.getByText("Tea on Thursday").click();
		await view.page.getByText("Do come at four").last().waitFor();
	});

	test("follows a switch in another tab", async () => {
		await view.signIn(grace, ada);
		const other = await SwitcherPage.open(context, demo.url);
		await other.switchTo(grace);
		await view.seesLetters("grace@example.com", ...graces);
	});

	test("of one account never stands under another, however late the answer", async () => {
		await view.signIn(grace, ada);
		await view.seesLetters("ada@example.com", ...adas);
		// Whatever stands in the page from now on: the address, and the letters below it.
		await view.page.evaluate(() => {
			const place = document.querySelector("#inbox");
			const note = () => {
				const subjects = [...document.querySelectorAll("#letters .subject")].map(({ textContent }) => textContent);
				console.debug(JSON.stringify([document.querySelector("#letters-of")?.textContent, subjects]));
			};
			if (place) new MutationObserver(note).observe(place, { childList: true, subtree: true, characterData: true });
		});
		const seen: [string, string[]][] = [];
		view.page.on("console", (message) => {
			if (message.type() === "debug") seen.push(JSON.parse(message.text()));
		});
		await view.faults.slowDown("letters", "1.2 s");
		for (const name of [grace, ada, grace]) {
			await view.switchTo(name);
			await view.seesActive(name);
		}
		await view.seesLetters("grace@example.com", ...graces);
		const foreign = seen.filter(([address, subjects]) =>
			subjects.some((subject) => (address === "grace@example.com" ? adas : graces).includes(subject)),
		);
		expect(foreign).toEqual([]);
		expect(seen.length).toBeGreaterThan(2);
	});

	test("that can't be loaded says so, and can be asked for again", async () => {
		await view.signIn(grace);
		await view.faults.arm("letters", "500, nothing done");
		await view.signIn(ada);
		await view.page.getByText("Can't load your mail").waitFor();
		await view.page.locator("#letters-again").click();
		await view.seesLetters("ada@example.com", ...adas);
	});

	test("is nobody's without a session", async () => {
		await view.signIn(ada);
		const ask = () => context.request.get(`${demo.url}/demo/letters`);
		expect((await (await ask()).json()).letters).toHaveLength(4);
		await view.signOutAll();
		await view.email.waitFor();
		expect((await ask()).status()).toBe(401);
		expect(await view.page.locator("#letters").innerHTML()).toBe("");
	});
});

describe("switching", () => {
	test("takes a click, which closes the popup; a reload keeps the choice", async () => {
		await view.signIn(ada, grace);
		await view.switchTo(ada);
		await view.seesActive(ada);
		await view.hears(`Now using ${ada}`);
		await eventually(() => view.popup.isVisible()).toBe(false);
		await eventually(() => view.trigger.textContent()).toContain(ada);
		await view.page.reload();
		await view.seesActive(ada);
		await view.seesAccounts(ada, grace);
	});

	test("marks the account as busy and lights the state while the answer is on its way", async () => {
		await view.signIn(ada, grace);
		await view.page.getByLabel("Slow network").check();
		await view.switchTo(ada);
		await eventually(() => view.account(ada).getAttribute("aria-busy")).toBe("true");
		await view.seesState("switching");
		await view.seesActive(ada);
		await eventually(() => view.account(ada).getAttribute("aria-busy")).toBeNull();
		await view.seesState("idle");
	});

	test("ends on the last of several quick clicks", async () => {
		await view.signIn(ada, grace, alan);
		await view.page.getByLabel("Slow network").check();
		for (const name of [ada, grace, ada, grace]) await view.switchTo(name);
		await view.seesActive(grace);
		await view.seesState("idle");
		await view.seesActive(grace);
	});

	test("works by keyboard alone, and the focus is never lost", async () => {
		await view.signIn(ada, grace, alan);
		const press = async (...keys: string[]) => {
			for (const key of keys) await view.page.keyboard.press(key);
		};
		await view.trigger.focus();
		await press("Enter");
		await view.focusIsOn(alan);
		await press("ArrowDown", "ArrowDown");
		await view.focusIsOn(grace);
		await press("Enter");
		await view.seesActive(grace);
		await eventually(() => view.trigger.getAttribute("aria-expanded")).toBe("false");
		expect(await view.trigger.evaluate((trigger) => trigger.matches(":focus"))).toBe(true);
		await press("Enter");
		await view.focusIsOn(grace);
		await press("m");
		await view.popup.getByRole("button", { name: "Manage accounts" }).press("Enter");
		for (const [name, neighbor] of [
			[grace, ada],
			[ada, alan],
		] as const) {
			await view.signOutOf(name).press("Enter");
			await view.focusIsOn(neighbor);
			// A press at once would be taken for the same one.
			await view.page.waitForTimeout(550);
		}
		await view.seesAccounts(alan);
		await view.signOutOf(alan).press("Enter");
		await view.seesAccounts();
		await eventually(() => view.email.evaluate((input) => input === document.activeElement)).toBe(true);
	});

	test("says in words that the server can't be reached, keeps the rows, and goes on afterwards", async () => {
		await view.signIn(ada, grace);
		await context.route("**/api/auth/**", (route) => route.abort());
		await view.switchTo(ada);
		await view.seesAlert("Can't reach the server. Try again");
		await view.seesAccounts(ada, grace);
		await context.unroute("**/api/auth/**");
		await view.switchTo(ada);
		await view.seesActive(ada);
		await view.seesNoAlert();
	});

	test("brings the organizations of who is active", async () => {
		const organizations = () => view.organizations.allInnerTexts();
		await view.signIn(ada, grace);
		await eventually(organizations).toEqual(["Harvard Mark I", "Compiler Works"]);
		await view.switchTo(ada);
		await view.seesActive(ada);
		await eventually(organizations).toEqual(["Analytical Engines", "Royal Society"]);
	});
});

describe("signing out", () => {
	test("of the active account leaves the survivor active, and useSession agrees", async () => {
		await view.signIn(ada, grace, alan);
		await view.switchTo(ada);
		await view.seesActive(ada);
		await view.signOut(ada);
		await view.seesAccounts(grace, alan);
		await view.seesActive(alan);
		await view.hears(`Signed out ${ada}`);
		await eventually(() => view.page.locator("#says-agrees").textContent()).toContain("Agrees");
	});

	test("of all asks in place, however many they are, and opens the form again", async () => {
		await view.signIn(ada, grace, alan, katherine);
		await view.openPopup();
		const all = view.popup.locator("[part~=sign-out-all]");
		await all.click();
		await eventually(() => all.textContent()).toBe("Sign out of all 4 accounts?");
		await view.page.keyboard.press("Escape");
		await eventually(() => all.textContent()).toBe("Sign out of all accounts");
		// A press at once would be taken for the same one.
		await view.page.waitForTimeout(550);
		await all.dblclick();
		await eventually(() => all.textContent()).toBe("Sign out of all 4 accounts?");
		await view.seesAccounts(ada, grace, alan, katherine);
		await view.page.keyboard.press("Escape");
		await view.page.waitForTimeout(550);
		await view.signOutAll();
		await view.seesAccounts();
		await view.email.waitFor();
		await eventually(() => view.page.locator("#says-session").textContent()).toBe("nobody");
	});

	test.each(["a key that is held", "a double click"])("takes one account at most for %s", async (press) => {
		await view.signIn(ada, grace, alan, katherine);
		await view.openManagement();
		const first = view.signOutOf(katherine);
		if (press === "a double click") await first.dblclick();
		else {
			await first.focus();
			// The browser repeats what is not let go.
			for (let count = 0; count < 40; count++) await view.page.keyboard.down("Enter");
			await view.page.keyboard.up("Enter");
		}
		await view.seesAccounts(ada, alan, grace);
		await view.focusIsOn(ada);
		await view.seesState("idle");
		await view.seesAccounts(ada, alan, grace);
	});
});

describe("more accounts than the device remembers", () => {
	test("are warned of beforehand; switching away from one happens only when told so", async () => {
		await view.signIn(ada, grace, alan, katherine, donald);
		await view.openPopup();
		await view.popup.getByText("You can be signed in to 5 accounts.").waitFor();
		expect(await view.popup.getByText("Add account").getAttribute("aria-disabled")).toBe("true");
		await view.page.goto(`${demo.url}/#sign-in`);
		await view.page.getByText("You can sign in to one more, but it is signed out when you switch").waitFor();
		await view.people.getByRole("button", { name: margaret }).click();
		await view.seesActive(margaret);
		await view.openPopup();
		await view.popup.getByText("Switching signs this account out").waitFor();

		await view.switchTo(grace);
		await view.seesAlert("Switching signs this account out. Switch anyway?");
		await view.seesActive(margaret);

		await view.popup.getByRole("button", { name: "Switch anyway" }).click();
		await view.seesActive(grace);
		await view.seesAccounts(ada, grace, alan, katherine, donald);
		await view.hears(`Signed out ${margaret}`);
	});
});

describe("names", () => {
	const people = [
		["Kim Park", "kim@example.com"],
		["Kim Park", "kim.two@example.com"],
		[" ", "blank@example.com"],
		["محمد بن موسى الخوارزمي صاحب كتاب المختصر في حساب الجبر والمقابلة", "khwarizmi@example.com"],
	] as const;

	test("that are alike, blank, or from right to left are told apart, and who is current is seen in forced colors", async () => {
		for (const [name, email] of people) {
			const answer = await context.request.post(`${demo.url}/api/auth/sign-up/email`, {
				data: { name, email, password: "correct-horse" },
				headers: { origin: demo.url },
			});
			expect(answer.status()).toBe(200);
		}
		await view.page.reload();
		await view.seesActive(people[3][0]);
		await view.openManagement();
		for (const called of ["Kim Park (kim@example.com)", "Kim Park (kim.two@example.com)", "blank@example.com"])
			expect(await view.signOutOf(called).count(), called).toBe(1);
		expect(await view.account("blank@example.com").locator("[part=name]").textContent()).toBe("blank@example.com");

		// Cut off where it ends, which is on its left.
		const arabic = view.account("محمد").locator("bdi").first();
		const [direction, isCut] = await arabic.evaluate((name) => [
			getComputedStyle(name).direction,
			name.scrollWidth > name.clientWidth,
		]);
		expect([direction, isCut]).toEqual(["rtl", true]);
		await view.page.emulateMedia({ forcedColors: "active" });
		const mark = (name: string) =>
			view.account(name).evaluate((account) => getComputedStyle(account, "::after").content.slice(0, 3));
		expect(await mark("محمد")).toBe('"✓"');
		expect(await mark("kim@example.com")).toBe("non");
	});
});

describe("an account that ended elsewhere", () => {
	test("is offered to sign in again, with its address in the form", async () => {
		await view.signIn(ada, grace);
		await view.faults.elsewhere(ada, "End it");
		await view.button("Read now").click();
		await view.seesAccounts(grace);
		await view.openPopup();
		await view.popup.getByRole("link", { name: `Sign in again as ${ada}` }).click();
		await view.password.waitFor();
		expect(await view.email.inputValue()).toBe("ada@example.com");
		expect(view.page.url()).not.toContain("ada");
		await view.password.fill("correct-horse");
		await view.password.press("Enter");
		await view.seesActive(ada);
	});
});

describe("the page", () => {
	test("shows no token: not in its text, its log, its markup or what it stores", async () => {
		await view.signIn(ada, grace, alan);
		await view.switchTo(ada);
		await view.seesActive(ada);
		await view.signOut(grace);
		await view.seesAccounts(ada, alan);
		const shown = await view.page.evaluate(
			() =>
				document.documentElement.getHTML({ serializableShadowRoots: true }) +
				[...document.querySelectorAll("account-switcher")].map(({ shadowRoot }) => shadowRoot?.innerHTML) +
				JSON.stringify({ ...localStorage, ...sessionStorage }),
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

	test("keeps a strict content security policy, which nothing on it asks to break", async () => {
		const answer = await context.request.get(demo.url);
		const policy = answer.headers()["content-security-policy"] ?? "";
		expect(policy).toContain("default-src 'self'");
		expect(policy).not.toContain("unsafe");
		const broken: string[] = [];
		view.page.on("console", (message) => {
			if (message.text().includes("Content Security Policy")) broken.push(message.text());
		});
		await view.page.reload();
		await view.signIn(ada, grace);
		await view.openPopup();
		expect(broken).toEqual([]);
	});

	test("fits light, dark and narrow screens", async () => {
		await view.signIn(ada, grace, alan);
		await view.photograph(join(artifacts, "demo-light.png"));
		await view.page.emulateMedia({ colorScheme: "dark" });
		await view.photograph(join(artifacts, "demo-dark.png"));
		await view.page.setViewportSize({ width: 320, height: 800 });
		expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
		await view.openForm();
		await view.photograph(join(artifacts, "demo-narrow.png"));
		expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
	});
});
