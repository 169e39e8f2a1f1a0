import { describe, expect, test } from "vitest";
import { openElements, Switcher } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openElement, openPopup } = openElements();
const setActive = "/multi-session/set-active";

describe("a switch", () => {
	test("is told as chosen and as done, is busy meanwhile, and is said", async () => {
		const switcher = await openPopup("accounts=3");
		await switcher.page.evaluate((path) => harness.hold(path), setActive);
		await switcher.account("Person1").click();
		await eventually(() => switcher.page.evaluate(() => harness.isHeld())).toBe(true);
		expect(await switcher.busy()).toEqual(["Person1"]);
		await eventually(() => switcher.live.textContent()).toBe("Switching to Person1…");
		await switcher.page.evaluate(() => harness.release());
		await switcher.sees("Person3", "Person1*", "Person2");
		await eventually(() => switcher.live.textContent()).toBe("Now using Person1");
		await eventually(() => switcher.busy()).toEqual([]);
		expect(await switcher.events()).toEqual([
			{ type: "account-select", detail: { account: "Person1" }, id: "" },
			{ type: "account-switched", detail: { account: "Person1" }, id: "" },
		]);
	});

	test("of two clicks the last one counts: it alone is busy, and the other is no error", async () => {
		const switcher = await openPopup("accounts=4");
		await switcher.page.evaluate((path) => harness.hold(path), setActive);
		for (const name of ["Person1", "Person2", "Person3"]) await switcher.account(name).click();
		await eventually(() => switcher.page.evaluate(() => harness.isHeld())).toBe(true);
		expect(await switcher.busy()).toEqual(["Person3"]);
		await switcher.page.evaluate(() => harness.release());
		await switcher.sees("Person4", "Person1", "Person2", "Person3*");
		await eventually(() => switcher.busy()).toEqual([]);
		expect(await switcher.types()).not.toContain("account-error");
	});

	test("that fails is shown and told", async () => {
		const switcher = await openPopup("accounts=3");
		await switcher.page.evaluate((path) => harness.refuse(path), setActive);
		await switcher.account("Person1").click();
		await eventually(() => switcher.alert.textContent()).toMatch(/server/);
		expect((await switcher.events()).at(-1)).toMatchObject({ detail: { error: "server", command: "setActive" } });
		await switcher.sees("Person3*", "Person1", "Person2");
	});

	test("to the current account closes the popup and sends nothing", async () => {
		const switcher = await openPopup("accounts=2");
		await switcher.account("Person2").click();
		await eventually(() => switcher.popup.count()).toBe(0);
		expect([await switcher.types(), await switcher.sent()]).toEqual([[], []]);
	});
});

describe("what is prevented", () => {
	test.each([
		["account-select", "Person1"],
		["account-sign-out", "Sign out Person1"],
		["account-add", "Add account"],
	])("%s does nothing", async (type, name) => {
		const switcher = await openPopup("accounts=3", { "add-href": "/sign-in" });
		await switcher.button("Manage accounts").click();
		await switcher.page.evaluate((prevented) => harness.prevent(prevented), type);
		const one = type === "account-select" ? switcher.account(name) : switcher.button(name);
		await one.or(switcher.element.getByRole("link", { name })).click();
		await eventually(() => switcher.types()).toEqual([type]);
		expect(await switcher.sent()).toEqual([]);
		expect(new URL(switcher.page.url()).pathname).toBe("/");
	});

	test("account-reauthenticate does nothing", async () => {
		const switcher = await openPopup("names=Ada,Bob", { "add-href": "/sign-in" });
		await switcher.sees("Bob*", "Ada");
		await switcher.page.evaluate(async () => {
			harness.device.end("Ada");
			await harness.store.refetch();
			harness.prevent("account-reauthenticate");
		});
		// What has gone is not pressed by mistake.
		await switcher.page.waitForTimeout(550);
		await switcher.element.getByRole("link", { name: "Sign in again as Ada" }).press("Enter");
		await eventually(() => switcher.types()).toEqual(["account-reauthenticate"]);
		expect(new URL(switcher.page.url()).pathname).toBe("/");
	});
});

describe("adding an account", () => {
	test("follows add-href as it is, and without one sends the event alone", async () => {
		const switcher = await openPopup("accounts=2", { "add-href": "/sign-in?next=%2Fmail" });
		await switcher.element.getByRole("link", { name: "Add account" }).click();
		await switcher.page.waitForURL("**/sign-in?next=%2Fmail");
		const other = await openPopup("accounts=2");
		await other.button("Add account").click();
		expect(await other.events()).toEqual([{ type: "account-add", detail: {}, id: "" }]);
	});

	test("is not offered where the device is full, and why is said", async () => {
		const switcher = await openPopup("accounts=2&limit=2", { "add-href": "/sign-in" });
		await switcher.popup.getByText("You can be signed in to 2 accounts").waitFor();
		const add = switcher.element.getByRole("link", { name: "Add account" });
		expect(await add.getAttribute("aria-disabled")).toBe("true");
		await add.click({ force: true });
		expect([await switcher.types(), new URL(switcher.page.url()).pathname]).toEqual([[], "/"]);
	});

	test("with manage-href, managing is a link, and no row has a sign-out", async () => {
		const switcher = await openPopup("accounts=2", { "manage-href": "/accounts" });
		expect(await switcher.button(/^Sign out Person/).count()).toBe(0);
		await switcher.element.getByRole("link", { name: "Manage accounts" }).click();
		await switcher.page.waitForURL("**/accounts");
	});
});

describe("what happens past the element", () => {
	test("is told as account-changed, and said", async () => {
		const switcher = await openElement("names=Ada,Bob");
		await switcher.page.evaluate(async () => {
			harness.device.signIn("Cy");
			await harness.store.refetch();
		});
		await eventually(() => switcher.live.textContent()).toBe("Now using Cy");
		await switcher.page.evaluate(async () => {
			const [ada] = harness.store.get().sessions;
			if (ada) await harness.store.setActive(ada.id);
		});
		expect(await switcher.events()).toEqual([
			{ type: "account-changed", detail: { from: "Bob", to: "Cy", reason: "external" }, id: "" },
			{ type: "account-changed", detail: { from: "Cy", to: "Ada", reason: "setActive" }, id: "" },
		]);
	});

	test("of two elements on one store, one tells its own, the other what has changed; one of them says it", async () => {
		const switcher = await openElement("names=Ada,Bob", { id: "one" });
		await switcher.page.evaluate(() => {
			harness.mount({ id: "two" });
		});
		await switcher.page.locator("#one [part=trigger]").click();
		await switcher.page.locator("#one [part=account]").filter({ hasText: "Ada" }).click();
		await eventually(() => new Switcher(switcher.page, "#two").name()).toBe("Account: Ada");
		await eventually(() =>
			switcher.events().then((events) => events.map(({ type, id }) => `${type} ${id}`).sort()),
		).toEqual(["account-changed two", "account-select one", "account-switched one"]);
		const said = await switcher.page.locator("account-switcher [role=status]").allTextContents();
		expect(said.filter((text) => text === "Now using Ada")).toHaveLength(1);
	});
});

describe("an account whose session has ended", () => {
	test("is offered to sign in again, and can be forgotten", async () => {
		const switcher = await openPopup("names=Ada,Bob,Cy");
		await switcher.sees("Cy*", "Ada", "Bob");
		await switcher.page.evaluate(async () => {
			harness.device.end("Ada");
			await harness.store.refetch();
		});
		const ended = switcher.element.getByRole("list", { name: "Signed out" });
		await ended.getByText("ada@example.com").waitFor();
		// What has gone is not pressed by mistake.
		await switcher.page.waitForTimeout(550);
		await switcher.button("Sign in again as Ada").click();
		expect((await switcher.events()).at(-1)).toEqual({
			type: "account-reauthenticate",
			detail: { account: "Ada" },
			id: "",
		});
		await switcher.button("Forget Ada").click();
		await eventually(() => ended.count()).toBe(0);
		await switcher.focusIsOn("Cy");
	});

	test("signs in again where add-href leads, with no address in it", async () => {
		const switcher = await openPopup("names=Ada,Bob", { "add-href": "/sign-in" });
		await switcher.sees("Bob*", "Ada");
		await switcher.page.evaluate(async () => {
			harness.device.end("Ada");
			await harness.store.refetch();
		});
		const again = switcher.element.getByRole("link", { name: "Sign in again as Ada" });
		expect(await again.getAttribute("href")).toBe("/sign-in");
	});
});

describe("an active account that the server does not list", () => {
	test("is left only after a second word", async () => {
		const switcher = await openElement("names=Ada,Bob&limit=2");
		await switcher.page.evaluate(async () => {
			harness.device.signIn("Cy");
			await harness.store.refetch();
		});
		await switcher.trigger.click();
		await switcher.popup.getByText("Switching signs this account out", { exact: true }).waitFor();
		await switcher.account("Ada").click();
		await eventually(() => switcher.alert.textContent()).toBe("Switching signs this account out. Switch anyway?");
		await switcher.button("Switch anyway").click();
		await switcher.sees("Ada*", "Bob");
		expect((await switcher.events()).at(-1)).toMatchObject({ type: "account-switched", detail: { account: "Ada" } });
	});
});
