import { describe, expect, test } from "vitest";
import { openElements, Switcher } from "./element/open.js";
import type { Harness } from "./element/page.js";
import { eventually } from "./switcher-page.js";

declare const harness: Harness;

const { openPage, openElement, openPopup } = openElements();

describe("before anything is known", () => {
	test("a skeleton shows, but not for the first moment, and the popup waits with the focus", async () => {
		const page = await openPage();
		const switcher = new Switcher(page);
		const { opacity, animation } = await page.evaluate(() => {
			const element = harness.mount();
			element.store = null;
			const waiting = element.shadowRoot?.querySelector("[part=trigger] [part~=skeleton]");
			if (!waiting) return {};
			return { opacity: getComputedStyle(waiting).opacity, animation: waiting.getAnimations().length };
		});
		const skeleton = switcher.trigger.locator("[part~=skeleton]");
		expect([opacity, animation]).toEqual(["0", 1]);
		await eventually(() => skeleton.evaluate((element) => getComputedStyle(element).opacity)).toBe("1");
		await switcher.trigger.click();
		await switcher.popup.getByText("Loading accounts").waitFor();
		await page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (element) element.store = harness.store;
		});
		await switcher.focusIsOn("Person3");
	});

	test("the element takes as much room as when all is known", async () => {
		const page = await openPage();
		const sizes = await page.evaluate(async () => {
			const element = harness.mount();
			const before = element.getBoundingClientRect().toJSON();
			await harness.store.refetch();
			return [before, element.getBoundingClientRect().toJSON()];
		});
		expect(sizes[0]).toEqual(sizes[1]);
		expect(sizes[0]).toMatchObject({ width: 46, height: 46 });
	});

	test("a first read that fails says why, and offers to try again", async () => {
		const page = await openPage();
		await page.evaluate(async () => {
			harness.device.disturb(
				"/multi-session/list-device-sessions",
				{ refuse: () => Response.json({}, { status: 500 }) },
				9,
			);
			harness.mount();
			await harness.store.refetch();
			harness.device.heal();
		});
		const switcher = new Switcher(page);
		await switcher.trigger.click();
		await eventually(() => switcher.alert.textContent()).toMatch(/server/);
		await switcher.button("Try again").click();
		await switcher.sees("Person3*", "Person1", "Person2");
		await eventually(() => switcher.alert.count()).toBe(0);
		await switcher.focusIsOn("Person3");
	});
});

describe("where nobody is active", () => {
	test("nobody signed in: the trigger says Sign in, and the popup how", async () => {
		const switcher = await openPopup("accounts=0");
		expect(await switcher.label()).toBe("Sign in");
		await switcher.popup.getByText("Nobody is signed in").waitFor();
		expect(await switcher.button("Manage accounts").count()).toBe(0);
		expect(await switcher.button(/Sign out/).count()).toBe(0);
	});

	test("accounts, and none active: one is to be chosen", async () => {
		const switcher = await openElement("names=Ada,Bob");
		await switcher.page.evaluate(async () => {
			harness.device.end("Bob");
			await harness.store.refetch();
		});
		await eventually(() => switcher.label()).toBe("Accounts");
		await switcher.trigger.click();
		await switcher.popup.getByText("Choose an account to continue").first().waitFor();
		await switcher.account("Ada").click();
		await switcher.sees("Ada*");
	});

	test("a sign-in that is half-way can be cancelled", async () => {
		const switcher = await openElement("names=Ada,Bob");
		await switcher.page.evaluate(() => {
			const { sessions, active } = harness.store.get();
			const element = document.querySelector("account-switcher");
			const store = harness.still({ sessions, active: null, signingIn: { from: active } });
			if (element) element.store = store;
			Object.assign(globalThis, { calls: Reflect.get(store, "calls") });
		});
		await switcher.trigger.click();
		await switcher.popup.getByText("Finish signing in, or cancel").waitFor();
		await switcher.button("Cancel sign-in").click();
		expect(await switcher.page.evaluate(() => Reflect.get(globalThis, "calls"))).toEqual([["cancelSignIn"]]);
		expect((await switcher.events()).at(-1)).toMatchObject({ detail: { command: "cancelSignIn" } });
	});
});

describe("what went wrong", () => {
	test("offline: what shows may be old, and a read can be tried again", async () => {
		const switcher = await openPopup();
		await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (element) element.store = harness.still({}, "network", "multiSession.listDeviceSessions");
		});
		await switcher.popup.getByText("You may be seeing older information").waitFor();
		expect(await switcher.alert.textContent()).toBe("Can't reach the server. Try again");
		await switcher.button("Try again").click();
		expect((await switcher.events()).at(-1)).toMatchObject({ detail: { command: "refetch" } });
	});

	test.each(["superseded", "refused"] as const)("%s is neither shown nor told", async (kind) => {
		const switcher = await openPopup("names=Ada,Bob");
		await switcher.page.evaluate((given) => {
			const element = document.querySelector("account-switcher");
			if (element) element.store = harness.still({}, given);
		}, kind);
		expect(await switcher.alert.count()).toBe(0);
		await switcher.account("Ada").click();
		// It has returned.
		await eventually(() => switcher.busy()).toEqual([]);
		expect(await switcher.types()).toEqual(["account-select"]);
	});
});

describe("names", () => {
	test("two people of one name are told apart by their email addresses, in texts too", async () => {
		const switcher = await openPopup("names=Ada,Bob,Cy");
		await switcher.page.evaluate(async () => {
			harness.device.change("Bob", { name: "Ada" });
			await harness.store.refetch();
		});
		await switcher.sees("Cy*", "Ada", "Ada");
		await switcher.button("Manage accounts").click();
		await switcher.button("Sign out Ada (bob@example.com)").click();
		await eventually(() => switcher.signedIn()).toHaveLength(2);
		await switcher.button("Sign out Ada").waitFor();
	});

	test("a blank name is the email address, once", async () => {
		const switcher = await openPopup("names=Ada,Bob");
		await switcher.page.evaluate(async () => {
			harness.device.change("Bob", { name: "   " });
			await harness.store.refetch();
		});
		await eventually(() => switcher.name()).toBe("Account: bob@example.com");
		await switcher.sees("bob@example.com*", "Ada");
		expect(await switcher.element.locator("[part=account]").first().textContent()).not.toMatch(/bob.*bob/s);
	});

	test("an Arabic name beside a Latin address is cut at its end, and markup in a name is text", async () => {
		const long = "ليلى بنت حسن بن عبد الرحمن بن محمد بن علي الهاشمي القرشي";
		const switcher = await openPopup(`names=${long},<img src=x onerror=alert(1)>`);
		await eventually(() => switcher.rows().then(({ length }) => length)).toBe(2);
		const { direction, cut, tag } = await switcher
			.account(long)
			.locator("[part=name]")
			.evaluate((name) => ({
				direction: getComputedStyle(name).direction,
				cut: name.scrollWidth > name.clientWidth,
				tag: name.localName,
			}));
		expect({ direction, cut, tag }).toEqual({ direction: "rtl", cut: true, tag: "bdi" });
		expect(await switcher.rows()).toContain("<img src=x onerror=alert(1)>*");
	});

	test("a picture is from http(s) only, sends no referrer, and becomes initials where it fails", async () => {
		const switcher = await openPopup("names=Ada Lovelace,Bob Martin,Cy Young");
		await switcher.page.evaluate(async () => {
			harness.device.change("Ada Lovelace", { image: `${location.origin}/ada.svg` });
			harness.device.change("Bob Martin", { image: `${location.origin}/missing.png` });
			harness.device.change("Cy Young", { image: "data:image/svg+xml,<svg/>" });
			await harness.store.refetch();
		});
		const picture = (name: string) => switcher.account(name).locator("img");
		await eventually(() => picture("Ada").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(40);
		expect(await picture("Ada").getAttribute("referrerpolicy")).toBe("no-referrer");
		await eventually(() => picture("Bob").count()).toBe(0);
		expect(await switcher.account("Bob").locator("[part=avatar]").textContent()).toBe("BM");
		expect(await picture("Cy").count()).toBe(0);
	});

	test("the trigger shows the name where it is asked to, and a row its badge", async () => {
		const switcher = await openPopup("names=Ada,Bob", { "show-name": "" });
		expect(await switcher.label()).toBe("Bob");
		await switcher.page.evaluate(() => {
			const element = document.querySelector("account-switcher");
			if (!element) return;
			element.showName = false;
			element.badge = ({ user }) => (user.name === "Ada" ? "3" : null);
		});
		expect(await switcher.trigger.locator("[part=name]").isVisible()).toBe(false);
		expect(await switcher.account("Ada").locator("[part=badge]").textContent()).toBe("3");
		expect(await switcher.account("Bob").locator("[part=badge]").isVisible()).toBe(false);
	});
});

test("the built-in English says that it is, and other words do not", async () => {
	const switcher = await openElement("names=Ada,Bob");
	expect(await switcher.trigger.getAttribute("lang")).toBe("en");
	await switcher.page.evaluate(() => {
		const element = document.querySelector("account-switcher");
		if (element) element.messages = harness.ar;
	});
	expect(await switcher.trigger.getAttribute("lang")).toBeNull();
	expect(await switcher.name()).toContain("الحساب");
	await switcher.trigger.click();
	await switcher.element.getByRole("button", { name: "إضافة حساب" }).waitFor();
});
