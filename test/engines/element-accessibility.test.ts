import { expect, test } from "vitest";
import type { Harness } from "../browser/element/page.js";
import { eventually } from "../browser/switcher-page.js";
import { type ElementPage, elementSite } from "./element-page.js";
import { inEachEngine } from "./engines.js";

declare const harness: Harness;

const openElement = elementSite();

/** By role: the names, or how many there are. */
type Heard = Readonly<Record<string, readonly string[] | number>>;

/** Which of what is expected the engine gives a screen reader once, and how many more of each role. */
async function heard({ tab }: ElementPage, expected: Heard): Promise<Heard> {
	const found: Record<string, string[] | number> = {};
	const count = (role: string, name?: string) => tab.exposed("account-switcher", role, name);
	for (const [role, names] of Object.entries(expected)) {
		const all = await count(role);
		if (typeof names === "number") {
			found[role] = all;
			continue;
		}
		const there: string[] = [];
		for (const name of names) if ((await count(role, name)) === 1) there.push(name);
		found[role] = all === there.length ? there : [...there, `${all - there.length} more`];
	}
	return found;
}

inEachEngine((openTab) => {
	const hears = (page: ElementPage, expected: Heard) => eventually(() => heard(page, expected)).toEqual(expected);
	const nothingElse = { alert: 0, img: 0, link: 0, searchbox: 0, status: 1 };

	test("a screen reader meets a dialog with a list of buttons, each with its name, and nothing that is hidden", async () => {
		const page = await openElement(openTab, "names=Ada,Bob");
		const closed = { button: ["Account: Bob"], dialog: 0, list: 0, listitem: 0, ...nothingElse };
		await hears(page, closed);
		await page.openPopup();
		const accounts = ["Account: Bob", "Bob bob@example.com", "Ada ada@example.com"];
		const open = { dialog: ["Accounts"], list: 1, listitem: 2, ...nothingElse };
		await hears(page, {
			button: [...accounts, "Add account", "Manage accounts", "Sign out of all accounts"],
			...open,
		});
		await page.click("manage");
		const signOuts = ["Sign out Bob", "Sign out Ada"];
		await hears(page, {
			button: [...accounts, ...signOuts, "Add account", "Done", "Sign out of all accounts"],
			...open,
		});
		await page.tab.press("Escape");
		await hears(page, closed);
	});

	test("two people of one name are told apart by their email addresses, in the names of buttons too", async () => {
		const page = await openElement(openTab, "names=Ada,Bob,Cy");
		await page.openPopup();
		await page.tab.run(async () => {
			harness.device.change("Bob", { name: "Ada" });
			await harness.store.refetch();
		});
		await page.sees("Cy*", "Ada", "Ada");
		await page.click("manage");
		const others = [
			"Account: Cy",
			"Cy cy@example.com",
			"Sign out Cy",
			"Add account",
			"Done",
			"Sign out of all accounts",
		];
		const [signOutAda, signOutBob] = ["Sign out Ada (ada@example.com)", "Sign out Ada (bob@example.com)"] as const;
		await hears(page, { button: [...others, "Ada ada@example.com", "Ada bob@example.com", signOutAda, signOutBob] });
		await page.click("sign-out", signOutBob);
		await page.sees("Cy*", "Ada");
		await hears(page, { button: [...others, "Ada ada@example.com", "Sign out Ada"] });
		expect(await page.signedIn()).toEqual(["Ada", "Cy"]);
	});
});
