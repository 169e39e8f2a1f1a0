import type { BrowserContext } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "../browser/open-demo.js";
import { eventually, SwitcherPage } from "../browser/switcher-page.js";

// The demo's fault panel, in a real Chromium: each rule of the store is seen to hold.

const [ada, grace, alan] = ["Ada Lovelace", "Grace Hopper", "Alan Turing"] as const;
const lostBefore = "lost before it took effect";
const lostAfter = "lost after it took effect";
const list = "/multi-session/list-device-sessions";
const setActive = "/multi-session/set-active";
const unreachable = "Can't reach the server. Try again";

const demo = openDemo();
let context: BrowserContext;
let view: SwitcherPage;

beforeEach(async () => {
	context = await demo.newDevice({ viewport: { width: 1180, height: 1100 } });
	view = await SwitcherPage.open(context, demo.url);
});
/** How often this was sent, as far as the log remembers. */
const sent = (path: string, tab = view) => tab.log.getByText(path, { exact: true }).count();

/** Whom the browser's cookie stands for. */
async function cookieOf(): Promise<string | null> {
	const answer = await context.request.get(`${demo.url}/api/auth/get-session`);
	return (await answer.json())?.user.name ?? null;
}

/** The page, Better Auth's own hook and the cookie: all of them have the same account. */
async function agreesOn(name: string): Promise<void> {
	await view.seesState("idle");
	await view.seesActive(name);
	await eventually(() => view.page.locator("#says-session").textContent()).toBe(name);
	await eventually(() => view.page.locator("#says-agrees").textContent()).toContain("Agrees");
	expect(await cookieOf()).toBe(name);
}

describe("answers that come late", () => {
	test("a second click, made while a switch is under way, wins", async () => {
		await view.signIn(ada, grace, alan);
		await view.faults.slowDown("set-active", "1.2 s");
		await view.switchTo(ada);
		await view.seesState("switching");
		await view.switchTo(grace);
		await agreesOn(grace);
		await view.seesNoAlert();
	});

	test("of three clicks the one in between is never sent", async () => {
		await view.signIn(ada, grace, alan);
		await view.faults.slowDown("set-active", "1.2 s");
		for (const name of [ada, alan, grace]) await view.switchTo(name);
		await agreesOn(grace);
		expect(await sent(setActive)).toBe(2);
	});

	test("a switch whose answer comes too late is looked up, and has succeeded", async () => {
		await view.signIn(ada, grace);
		await view.faults.slowDown("set-active", "12 s, too late");
		await view.switchTo(ada);
		await agreesOn(ada);
		await view.seesNoAlert();
		await view.log.locator("[data-outcome=aborted]").filter({ hasText: setActive }).waitFor();
		expect(await sent(setActive)).toBe(1);
	});

	test("an account that is being signed out can't be switched to any more", async () => {
		await view.signIn(ada, grace, alan);
		await view.faults.slowDown("revoke", "1.2 s");
		await view.signOut(ada);
		await view.seesState("revoking");
		await view.switchTo(ada);
		await view.seesAccounts(grace, alan);
		await agreesOn(alan);
	});
});

describe("a switch", () => {
	test("whose answer was lost before it took effect is said to have failed, and can be tried again", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("set-active", lostBefore);
		await view.switchTo(ada);
		await view.seesAlert(unreachable);
		await agreesOn(grace);
		await view.switchTo(ada);
		await agreesOn(ada);
		await view.seesNoAlert();
	});

	test.each([lostAfter, "JSON of another shape", "HTML, as of a proxy"])(
		"that took effect has succeeded, though its answer was this: %s",
		async (fault) => {
			await view.signIn(ada, grace);
			await view.faults.arm("set-active", fault);
			await view.switchTo(ada);
			await agreesOn(ada);
			await view.seesNoAlert();
			expect(await sent(setActive)).toBe(1);
		},
	);

	test("that the server fails at leaves everything as it was", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("set-active", "500, nothing done");
		await view.switchTo(ada);
		await view.seesAlert("The server has a problem. Try again in a moment");
		await agreesOn(grace);
		await view.seesAccounts(ada, grace);
	});

	test("that the server is too busy for says so", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("set-active", "429, wait 5 s");
		await view.switchTo(ada);
		await view.seesAlert("Too many tries. Try again in a moment");
		await agreesOn(grace);
	});
});

describe("a sign-out", () => {
	test("whose answer was lost after it took effect has succeeded: the row is gone", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("revoke", lostAfter);
		await view.signOut(ada);
		await view.seesAccounts(grace);
		await view.hears(`Signed out ${ada}`);
		await agreesOn(grace);
		await view.seesNoAlert();
	});

	test("whose answer was lost before it took effect keeps the row, and can be tried again", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("revoke", lostBefore);
		await view.signOut(ada);
		await view.seesAlert(unreachable);
		await view.seesAccounts(ada, grace);
		await view.signOut(ada);
		await view.seesAccounts(grace);
		await view.seesNoAlert();
	});

	test("of the active account, whose answer was lost, leaves the account that was used last", async () => {
		await view.signIn(ada, grace, alan);
		await view.faults.arm("revoke", lostAfter);
		await view.signOut(alan);
		await view.seesAccounts(ada, grace);
		await agreesOn(grace);
		await view.seesNoAlert();
	});

	test("of all, whose answer was lost after it took effect, has succeeded", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("sign-out", lostAfter);
		await view.signOutAll();
		await view.seesAccounts();
		await view.seesNoAlert();
		await eventually(() => view.page.locator("#says-session").textContent()).toBe("nobody");
		expect(await cookieOf()).toBeNull();
	});
});

describe("a read", () => {
	test.each([
		["list", lostBefore, unreachable],
		["list", "500, nothing done", "The server has a problem. Try again in a moment"],
		["get-session", "500, nothing done", "The server has a problem. Try again in a moment"],
	])("whose %s fails (%s) keeps the rows, says so and is made again by itself", async (request, fault, words) => {
		await view.signIn(ada, grace);
		await view.faults.arm(request, fault);
		const said = await view.follow();
		await Promise.all([view.seesAlert(words), view.button("Read now").click()]);
		await view.seesAccounts(ada, grace);
		await view.seesNoAlert();
		await view.seesAccounts(ada, grace);
		expect(said.filter((words) => /^Trying again in \d s$/.test(words))).not.toEqual([]);
		await agreesOn(grace);
	});

	test("that fails again and again is given up, and goes on when told so", async () => {
		await view.signIn(ada);
		for (let count = 0; count < 4; count++) await view.faults.arm("list", "500, nothing done");
		const before = await sent(list);
		await view.button("Read now").click();
		await eventually(() => view.faults.armed.count()).toBe(0);
		await eventually(() => view.detail.textContent()).toContain("Last read at");
		await view.seesAlert("The server has a problem. Try again in a moment");
		await view.seesAccounts(ada);
		expect(await sent(list)).toBe(before + 4);
		await view.page.locator("#read-problem").getByRole("button", { name: "Try again" }).click();
		await view.seesNoAlert();
	});

	test.each([
		["list", "JSON of another shape"],
		["list", "HTML, as of a proxy"],
		["get-session", "HTML, as of a proxy"],
	])("whose %s can't be understood (%s) keeps the rows until the next one", async (request, fault) => {
		await view.signIn(ada, grace);
		await view.faults.arm(request, fault);
		await view.button("Read now").click();
		await view.seesAlert("Something went wrong. Try again");
		await view.seesAccounts(ada, grace);
		expect(await view.activeNames()).toEqual([grace]);
		await view.button("Read now").click();
		await view.seesNoAlert();
		await agreesOn(grace);
	});

	test("waits as long as the server says, with the seconds counted down", async () => {
		await view.signIn(ada, grace);
		await view.faults.arm("list", "429, wait 5 s");
		const [before, said] = [await sent(list), await view.follow()];
		await view.button("Read now").click();
		await view.seesAlert("Too many tries. Try again in a moment");
		await view.seesNoAlert();
		await view.seesAccounts(ada, grace);
		const countdown = [5, 4, 3, 2, 1].map((seconds) => `Trying again in ${seconds} s`);
		expect(said.filter((words) => countdown.includes(words))).toEqual(countdown);
		expect(await sent(list)).toBe(before + 2);
	});
});

describe.each(["End it", "Expire it"] as const)("a session that is gone on the server (%s)", (deed) => {
	test("leaves nobody active where it was the active one; the other rows stay, and can be switched to", async () => {
		await view.signIn(ada, grace, alan);
		await view.faults.elsewhere(alan, deed);
		await view.seesActive(alan);
		await view.button("Read now").click();
		await view.page.getByRole("heading", { name: "Welcome back" }).waitFor();
		await view.seesAccounts(ada, grace);
		await view.hears("Choose an account to continue");
		await view.seesNoAlert();
		expect(await cookieOf()).toBeNull();
		await view.switchTo(grace);
		await agreesOn(grace);
	});

	test("is told by the click that would switch to it, and its row goes", async () => {
		await view.signIn(ada, grace);
		await view.faults.elsewhere(ada, deed);
		await view.switchTo(ada);
		await view.seesAlert("This account was signed out. Sign in again");
		await view.seesAccounts(grace);
		await agreesOn(grace);
	});

	test("is signed out all the same", async () => {
		await view.signIn(ada, grace);
		await view.faults.elsewhere(ada, deed);
		await view.signOut(ada);
		await view.seesAccounts(grace);
		await agreesOn(grace);
		await view.seesNoAlert();
	});
});

describe("offline", () => {
	test("nothing is requested, whatever happens; online again there is one read", async () => {
		await view.signIn(ada, grace);
		const speaker = await context.newPage();
		await speaker.goto(new URL("/favicon.ico", demo.url).href);
		await view.button("Clear").click();
		await context.setOffline(true);
		await view.page.getByText("Offline", { exact: true }).waitFor();
		await eventually(() => view.detail.textContent()).toBe("Waiting for the network");
		await speaker.evaluate(() =>
			new BroadcastChannel(`device-sessions:3:${location.origin}/api/auth:channel`).postMessage({
				version: "another",
				isOver: true,
			}),
		);
		await view.page.evaluate(() => dispatchEvent(new Event("focus")));
		await view.seesAccounts(ada, grace);
		expect(await sent(list)).toBe(0);
		await context.setOffline(false);
		await view.page.getByText("Online", { exact: true }).waitFor();
		await eventually(() => sent(list)).toBe(1);
		await eventually(() => view.detail.textContent()).toContain("Last read at");
		// Had anything gone out before, it would stand in the log as failed.
		expect(await view.log.locator("[data-outcome=bad]").count()).toBe(0);
		expect(await sent(list)).toBe(1);
		await view.seesNoAlert();
	});

	test("a click says that the server can't be reached; online again the rows are read and it can be tried again", async () => {
		await view.signIn(ada, grace);
		await context.setOffline(true);
		await view.switchTo(ada);
		await view.seesAlert(unreachable);
		await view.seesAccounts(ada, grace);
		await view.seesActive(grace);
		await context.setOffline(false);
		await view.switchTo(ada);
		await agreesOn(ada);
		await view.seesNoAlert();
	});
});

describe("a second tab", () => {
	test("is a link away, and knows who is active", async () => {
		await view.signIn(ada, grace);
		const other = new SwitcherPage(await view.faults.openTab());
		await other.openHood();
		await other.seesActive(grace);
		await other.switchTo(ada);
		await agreesOn(ada);
	});

	test("that is closed in the middle of a switch holds nobody up", async () => {
		await view.signIn(ada, grace, alan);
		const other = new SwitcherPage(await view.faults.openTab());
		await other.openHood();
		await other.seesActive(alan);
		await other.faults.slowDown("set-active", "12 s, too late");
		await other.switchTo(ada);
		await other.seesState("switching");
		await view.switchTo(grace);
		await view.seesState("switching");
		expect(await sent(setActive)).toBe(0);
		await other.page.close();
		await agreesOn(grace);
		await view.seesNoAlert();
	});
});

describe("the panel", () => {
	test("takes one fault for each time that it is armed, in turn, by keyboard too", async () => {
		await view.signIn(ada);
		await view.page.getByLabel("To", { exact: true }).focus();
		for (const key of ["l", "Tab", "5", "Tab", "Enter", "Enter"]) await view.page.keyboard.press(key);
		await eventually(() => view.faults.armed.allInnerTexts()).toEqual(Array(2).fill("list 500, nothing done"));
		await view.button("Read now").click();
		await eventually(() => view.faults.armed.count()).toBe(0);
		await view.seesNoAlert();
		expect(await view.log.locator("[data-outcome=bad]").count()).toBe(2);
	});

	test("forgets every fault when it is reset", async () => {
		await view.signIn(ada, grace);
		await view.faults.slowDown("set-active", "12 s, too late");
		await view.faults.arm("list", "500, nothing done");
		await view.faults.arm("set-active", lostBefore);
		await view.faults.button("Reset").click();
		await eventually(() => view.faults.armed.count()).toBe(0);
		expect(await view.faults.slow.isChecked()).toBe(false);
		await view.switchTo(ada);
		await agreesOn(ada);
		await view.button("Read now").click();
		await view.seesNoAlert();
		expect(await view.log.locator("[data-outcome=bad]").count()).toBe(0);
	});

	test("shows no token, whatever fails", async () => {
		await view.signIn(ada, grace);
		for (const [name, fault] of [
			[ada, lostBefore],
			[ada, lostAfter],
			[grace, "JSON of another shape"],
			[ada, "429, wait 5 s"],
		] as const) {
			await view.faults.arm("set-active", fault);
			await view.switchTo(name);
			await view.seesState("idle");
		}
		expect(await view.faults.armed.count()).toBe(0);
		await view.faults.elsewhere(ada, "End it");
		const shown = await view.page.evaluate(() =>
			[document.documentElement.outerHTML]
				.concat([...document.querySelectorAll("account-switcher")].map(({ shadowRoot }) => shadowRoot?.innerHTML ?? ""))
				.join()
				.toLowerCase(),
		);
		const tokens = (await context.cookies())
			.filter(({ name }) => name.includes("session_token"))
			.map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "");
		expect(new Set(tokens).size).toBe(2);
		// Not the values themselves in a failure's message.
		for (const token of tokens) expect(shown.includes(token.toLowerCase())).toBe(false);
	});

	test("is the one that may end sessions: no other site can", async () => {
		await view.signIn(ada);
		const rows = await context.request.get(`${demo.url}/api/auth/multi-session/list-device-sessions`);
		const url = `${demo.url}/demo/sessions/${(await rows.json())[0].session.id}/end`;
		for (const origin of ["https://example.com", "null", ""])
			expect((await fetch(url, { method: "POST", headers: origin ? { origin } : {} })).status).toBe(403);
		expect((await fetch(url, { headers: { origin: demo.url } })).status).toBe(405);
		expect(await cookieOf()).toBe(ada);
		const end = () => fetch(url, { method: "POST", headers: { origin: demo.url } });
		expect([(await end()).status, (await end()).status]).toEqual([204, 404]);
		expect(await cookieOf()).toBeNull();
	});
});
