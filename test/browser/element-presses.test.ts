import { describe, expect, test } from "vitest";
import { openElements } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openPopup } = openElements();
/** Longer than a press after a change does nothing. */
const afterQuiet = 550;

describe("signing out", () => {
	test("of one account takes one press, and the focus goes to the neighbor's account", async () => {
		const switcher = await openPopup("accounts=4");
		await switcher.sees("Person4*", "Person1", "Person2", "Person3");
		await switcher.button("Manage accounts").click();
		await switcher.button("Sign out Person1").click();
		await switcher.sees("Person4*", "Person2", "Person3");
		await switcher.focusIsOn("Person2");
		await switcher.page.waitForTimeout(afterQuiet);
		await switcher.button("Sign out Person3").click();
		await switcher.sees("Person4*", "Person2");
		await switcher.focusIsOn("Person2");
		await switcher.button("Done").waitFor();
		expect((await switcher.events()).map(({ type, detail }) => [type, detail])).toEqual([
			["account-sign-out", { accounts: ["Person1"] }],
			["account-signed-out", { ids: [expect.any(String)] }],
			["account-sign-out", { accounts: ["Person3"] }],
			["account-signed-out", { ids: [expect.any(String)] }],
		]);
	});

	test("with Enter held signs one account out, and switches to nobody", async () => {
		const switcher = await openPopup("accounts=4");
		await switcher.sees("Person4*", "Person1", "Person2", "Person3");
		await switcher.button("Manage accounts").click();
		await switcher.button("Sign out Person4").focus();
		// Playwright marks every further one as a repeat, as the browser does.
		for (let held = 0; held < 40; held += 1) {
			await switcher.page.keyboard.down("Enter");
			await switcher.page.waitForTimeout(30);
		}
		await switcher.page.keyboard.up("Enter");
		expect(await switcher.signedIn()).toHaveLength(3);
		expect(await switcher.types()).toEqual(["account-sign-out", "account-signed-out"]);
		await switcher.page.waitForTimeout(afterQuiet);
		expect(await switcher.rows()).toHaveLength(3);
	});

	test("with a double click, or two clicks in one place, signs one account out", async () => {
		const switcher = await openPopup("accounts=4");
		await switcher.button("Manage accounts").click();
		const box = await switcher.button("Sign out Person1").boundingBox();
		const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 20];
		await switcher.page.mouse.dblclick(x, y);
		await switcher.sees("Person4*", "Person2", "Person3");
		// A click of its own, not the second one of a double click.
		await switcher.page.mouse.click(x, y);
		await switcher.page.waitForTimeout(afterQuiet);
		expect(await switcher.signedIn()).toHaveLength(3);
		await switcher.page.mouse.click(x, y);
		await switcher.sees("Person4*", "Person3");
	});

	test("a press that comes right after a row has gone in another tab does nothing", async () => {
		const switcher = await openPopup("accounts=4");
		await switcher.sees("Person4*", "Person1", "Person2", "Person3");
		const box = await switcher.account("Person2").boundingBox();
		await switcher.page.evaluate(async () => {
			harness.device.end("Person1");
			await harness.store.refetch();
		});
		await switcher.page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
		expect(await switcher.types()).toEqual([]);
		await switcher.page.waitForTimeout(afterQuiet);
		await switcher.account("Person2").click();
		await switcher.sees("Person4", "Person2*", "Person3");
	});

	test("of the only account takes one press on Sign out, and leaves the way to sign in", async () => {
		const switcher = await openPopup("accounts=1");
		await switcher.button("Sign out").click();
		await switcher.popup.getByText("Nobody is signed in").waitFor();
		await eventually(() => switcher.types()).toEqual(["account-sign-out", "account-signed-out"]);
		await switcher.focusIsOn("Add account");
		await eventually(() => switcher.name()).toBe("Sign in");
	});

	test("is called as the app calls it, on each row and where there is one account", async () => {
		const switcher = await openPopup("accounts=2");
		await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (element) element.messages = { accounts: "Accounts", signOut: "Leave", manage: "Who is here", done: "Back" };
		});
		await switcher.button("Who is here").click();
		const shown = switcher.element.locator("[part=sign-out]").filter({ visible: true });
		expect(await shown.allTextContents()).toEqual(["Leave", "Leave"]);
		// A screen reader has to know whom it is about.
		await switcher.button("Sign out Person1").click();
		await switcher.sees("Person2*");
		await switcher.element
			.locator("[part~=sign-out-all]")
			.filter({ hasText: /^Leave$/ })
			.waitFor();
	});

	test("that fails says so, and sends account-error", async () => {
		const switcher = await openPopup("accounts=3");
		await switcher.button("Manage accounts").click();
		await switcher.page.evaluate(() => harness.refuse("/multi-session/revoke"));
		await switcher.button("Sign out Person1").click();
		await eventually(() => switcher.alert.textContent()).toMatch(/server/);
		expect((await switcher.events()).at(-1)).toMatchObject({
			type: "account-error",
			detail: { error: "server", command: "revoke" },
		});
	});
});

describe("signing out of all accounts", () => {
	test("takes two presses, and the button itself asks", async () => {
		const switcher = await openPopup("accounts=20");
		await switcher.button("Sign out of all accounts").click();
		await switcher.focusIsOn("Sign out of all 20 accounts?");
		expect(await switcher.live.textContent()).toBe("Sign out of all 20 accounts?");
		await switcher.page.waitForTimeout(afterQuiet);
		expect(await switcher.signedIn()).toHaveLength(20);
		await switcher.button("Sign out of all 20 accounts?").click();
		await eventually(() => switcher.signedIn()).toEqual([]);
		await eventually(() => switcher.live.textContent()).toBe("Signed out of all accounts");
		const [asked, done] = await switcher.events();
		expect(asked).toMatchObject({ type: "account-sign-out", detail: { accounts: { length: 20 } } });
		expect(done).toMatchObject({ type: "account-signed-out", detail: { ids: { length: 20 } } });
	});

	test("is not done by a double click, nor by a second press at once, nor by a held key", async () => {
		const switcher = await openPopup("accounts=3");
		await switcher.button("Sign out of all accounts").dblclick();
		await switcher.button("Sign out of all 3 accounts?").press("Enter");
		for (let held = 0; held < 5; held += 1) await switcher.page.keyboard.down("Enter");
		await switcher.page.keyboard.up("Enter");
		await switcher.page.waitForTimeout(afterQuiet);
		expect(await switcher.signedIn()).toHaveLength(3);
		await switcher.button("Sign out of all 3 accounts?").waitFor();
	});

	test("asks in the app's own words, with the number of accounts in them", async () => {
		const switcher = await openPopup("accounts=3");
		const say = (how: "a string" | "a function") =>
			switcher.page.evaluate((how) => {
				const element = document.querySelector("account-switcher");
				if (!element) return;
				const confirmSignOutAll =
					how === "a string" ? "{count} at once? All {count}?" : ({ count }: { count: string }) => `Really, ${count}?`;
				element.messages = { accounts: "Accounts", signOutAll: "Everybody out", confirmSignOutAll };
			}, how);
		await say("a string");
		await switcher.button("Everybody out").click();
		await switcher.focusIsOn("3 at once? All 3?");
		expect(await switcher.live.textContent()).toBe("3 at once? All 3?");
		await say("a function");
		await switcher.focusIsOn("Really, 3?");
		await switcher.page.waitForTimeout(afterQuiet);
		await switcher.button("Really, 3?").click();
		await eventually(() => switcher.signedIn()).toEqual([]);
	});

	test("that fails leaves everybody there, and sends account-error", async () => {
		const switcher = await openPopup("accounts=2");
		await switcher.page.evaluate(() => harness.refuse("/sign-out"));
		await switcher.button("Sign out of all accounts").click();
		await switcher.page.waitForTimeout(afterQuiet);
		await switcher.button("Sign out of all 2 accounts?").click();
		await eventually(() => switcher.alert.textContent()).toMatch(/server/);
		expect((await switcher.events()).at(-1)).toMatchObject({
			type: "account-error",
			detail: { error: "server", command: "signOutAll" },
		});
		expect(await switcher.signedIn()).toHaveLength(2);
	});

	test("tells where an identity provider wants the browser to go, and does not go there", async () => {
		const switcher = await openPopup("accounts=1");
		await switcher.page.evaluate(() => {
			const url = "https://id.example/out";
			harness.device.disturb("/sign-out", { answer: () => Response.json({ success: true, url, redirect: false }) });
		});
		await switcher.button("Sign out").click();
		await eventually(() => switcher.events().then((events) => events.at(-1)?.detail)).toEqual({
			ids: [expect.any(String)],
			url: "https://id.example/out",
		});
		expect(new URL(switcher.page.url()).pathname).toBe("/");
	});

	test.each(["Escape", "blur", "closing"])("is taken back by %s", async (how) => {
		const switcher = await openPopup("accounts=3");
		await switcher.button("Sign out of all accounts").click();
		await switcher.button("Sign out of all 3 accounts?").waitFor();
		if (how === "Escape") await switcher.page.keyboard.press("Escape");
		else if (how === "blur") await switcher.page.keyboard.press("Shift+Tab");
		else {
			await switcher.page.mouse.click(470, 690);
			await eventually(() => switcher.popup.count()).toBe(0);
			await switcher.trigger.click();
		}
		await switcher.button("Sign out of all accounts").waitFor();
		expect(await switcher.types()).toEqual([]);
	});

	test("waits for the second press as long as it takes", async () => {
		const switcher = await openPopup("accounts=2");
		await switcher.button("Sign out of all accounts").click();
		await switcher.page.waitForTimeout(3_000);
		await switcher.button("Sign out of all 2 accounts?").click();
		await eventually(() => switcher.signedIn()).toEqual([]);
	});
});

test("a double click on the trigger opens the popup", async () => {
	const switcher = await openPopup();
	await switcher.page.keyboard.press("Escape");
	await switcher.trigger.dblclick();
	await switcher.popup.waitFor();
});
