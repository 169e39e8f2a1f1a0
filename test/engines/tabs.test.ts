import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { PluginTab } from "../browser/plugin-tabs/page.js";
import { newEmail } from "../browser/sign-up.js";
import { eventually } from "../browser/switcher-page.js";
import { password } from "../support/real-server.js";
import type { Tab } from "./engine.js";
import { inEachEngine } from "./engines.js";
import { startSite } from "./tabs-site.js";

declare const tab: PluginTab;

let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.close());

const setActive = "/multi-session/set-active";

inEachEngine((openTab) => {
	/** What a tab shows: its accounts, who is active in the store, and who `useSession` says is here. */
	const shown = (page: Tab) =>
		page.run(() => {
			const { accounts, active, session } = document.documentElement.dataset;
			return { accounts, active, session };
		});
	const isAll = (accounts: string, active: string) => ({ accounts, active, session: active });
	const sees = async (accounts: string, active: string, ...pages: readonly Tab[]) => {
		for (const page of pages) await eventually(() => shown(page)).toEqual(isAll(accounts, active));
	};
	const errorOf = (page: Tab) => page.run(() => document.documentElement.dataset["error"]);

	/** A profile on which nobody else is signed in than Ada, Bob and Cy, who is active; and their addresses. */
	async function signUp() {
		const page = await openTab(`${site.url}/elsewhere`);
		const people = ["Ada", "Bob", "Cy"].map((name) => ({ name, email: newEmail(name), password }));
		await page.run(async (people) => {
			const post = (path: string, body: object) =>
				fetch(`/api/auth${path}`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify(body),
				});
			await post("/sign-out", {});
			localStorage.clear();
			for (const person of people) await post("/sign-up/email", person);
		}, people);
		return people;
	}
	async function open(path = "/"): Promise<Tab> {
		const page = await openTab(`${site.url}${path}?accounts`);
		await sees("Ada,Bob,Cy", "Cy", page);
		return page;
	}
	const switchTo = (page: Tab, name: string) =>
		page.run(async (name) => {
			const { data, error } = await tab.deviceSessions.setActive(tab.idOf(name));
			return data?.user.name ?? error?.kind;
		}, name);

	/** As well, without waiting for it: WebKit's driver does nothing else meanwhile. Who it came to is asked for later. */
	async function beginSwitch(page: Tab, name: string) {
		await page.run((name) => {
			const switched = tab.deviceSessions.setActive(tab.idOf(name));
			void switched.then(({ data, error }) => {
				document.documentElement.dataset["switched"] = data?.user.name ?? error?.kind;
			});
		}, name);
		return () => page.run(() => document.documentElement.dataset["switched"]);
	}

	test("a switch is followed by the other tab", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		expect(await switchTo(one, "Ada")).toBe("Ada");
		await sees("Ada,Bob,Cy", "Ada", one, other);
	});

	test("two tabs that switch at once end on one account, the same in both and in the cookie", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		const switched = [await beginSwitch(one, "Ada"), await beginSwitch(other, "Bob")];
		await eventually(() => Promise.all(switched.map((to) => to()))).toEqual(["Ada", "Bob"]);
		expect(site.together(setActive)).toBe(1);
		const active: string = await one.run(async () => (await (await fetch("/api/auth/get-session")).json()).user.name);
		await sees("Ada,Bob,Cy", active, one, other);
	});

	test("signing out of the active account leaves the one used last, in both tabs", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		expect(await switchTo(one, "Ada")).toBe("Ada");
		const revoked = await one.run(
			async () => (await tab.deviceSessions.revoke(tab.idOf("Ada"))).data?.active?.user.name,
		);
		expect(revoked).toBe("Cy");
		await sees("Bob,Cy", "Cy", one, other);
	});

	test("signing out of all is followed by the other tab, useSession too", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		expect(await one.run(async () => (await tab.deviceSessions.signOutAll()).data?.revoked.length)).toBe(3);
		await sees("", "nobody", one, other);
	});

	test("a sign-in in one tab is followed by the other", async () => {
		const [ada] = await signUp();
		const [one, other] = [await open(), await open()];
		await one.run(async (ada) => void (await tab.signIn.email(ada)), { email: ada?.email ?? "", password });
		// The session is a new one, and new ones come last.
		await sees("Bob,Cy,Ada", "Ada", one, other);
	});

	test("a tab that is closed in the middle of a switch holds nobody up", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		const { sent, letGo } = site.hold(setActive);
		onTestFinished(() => letGo());
		await one.run(() => void tab.deviceSessions.setActive(tab.idOf("Ada")));
		await sent;
		const switched = await beginSwitch(other, "Bob");
		await one.close();
		await eventually(switched).toBe("Bob");
		await sees("Ada,Bob,Cy", "Bob", other);
	});

	test("a page that somebody comes back to shows who is active by now", async () => {
		await signUp();
		const [one, other] = [await open(), await open()];
		await one.goto(`${site.url}/elsewhere`);
		expect(await switchTo(other, "Bob")).toBe("Bob");
		await one.run(() => history.back());
		await sees("Ada,Bob,Cy", "Bob", one, other);
	});

	test("a page that comes out of the back-forward cache shows who is active by now, of whom no tab has told", async () => {
		await signUp();
		const one = await open();
		await one.run(() => {
			addEventListener("pageshow", ({ persisted }) => {
				document.documentElement.dataset["persisted"] = String(persisted);
			});
		});
		await one.goto(`${site.url}/elsewhere`);
		await one.run(async () => {
			const accounts = await (await fetch("/api/auth/multi-session/list-device-sessions")).json();
			const sessionToken: string = accounts.find(({ user }: { user: { name: string } }) => user.name === "Bob").session
				.token;
			await fetch("/api/auth/multi-session/set-active", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ sessionToken }),
			});
		});
		await one.run(() => history.back());
		await sees("Ada,Bob,Cy", "Bob", one);
		// It was not loaded anew.
		expect(await one.run(() => document.documentElement.dataset["persisted"])).toBe("true");
	});

	test("where storage is forbidden tabs follow one another all the same", async () => {
		await signUp();
		const [one, other] = [await open("/forbidden"), await open("/forbidden")];
		expect(await switchTo(one, "Ada")).toBe("Ada");
		await sees("Ada,Bob,Cy", "Ada", one, other);
		expect(await switchTo(other, "Bob")).toBe("Bob");
		await sees("Ada,Bob,Cy", "Bob", one, other);
	});

	test("a server that is out of reach loses no row, and is read again once it is back", async () => {
		await signUp();
		const one = await open();
		site.fall(true);
		onTestFinished(() => site.fall(false));
		expect(await switchTo(one, "Ada")).toBe("network");
		await eventually(() => errorOf(one)).toBe("network");
		expect((await shown(one)).accounts).toBe("Ada,Bob,Cy");
		site.fall(false);
		expect(await switchTo(one, "Ada")).toBe("Ada");
		await sees("Ada,Bob,Cy", "Ada", one);
	});
});
