import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { password } from "../../support/real-server.js";
import type { Contender } from "../contenders.js";
import type { Actions, Page as Shown } from "../peers/pages/shown.js";
import type { Site } from "./site.js";

declare const page: Shown;

/** No request for so long: nothing more comes of what was done. Better Auth's client waits 10 ms before it reads again. */
const quiet = 300;

/** What one thing that a person does came to. */
export interface Seen {
	/** Ms until the switcher, and `useSession`, show what is so for good; null where they never do. */
	readonly switcher: number | null;
	readonly session: number | null;
	readonly requests: number;
	/** Ms of the page's main thread, rendering included. */
	readonly cpu: number;
}

/** What is so, as the server says it: names. */
export interface Truth {
	readonly names: readonly string[];
	readonly active: string;
}

type Listed = readonly { readonly session: { readonly token: string }; readonly user: { readonly name: string } }[];

/** A device with these accounts, signed up on the server: its cookies, and what the server's database holds. */
export async function prepareDevice(browser: Browser, site: Site, names: readonly string[]) {
	const context = await browser.newContext({ baseURL: site.url });
	for (const name of names) {
		const data = { name, email: `${name}@example.com`, password };
		const headers = { origin: site.url };
		const response = await context.request.post("/api/auth/sign-up/email", { data, headers });
		if (!response.ok()) throw new Error(`${name} could not sign up: ${await response.text()}`);
	}
	const cookies = await context.cookies();
	const db = structuredClone(site.db);
	await context.close();
	return {
		/** The same device as it was then. */
		async open(): Promise<BrowserContext> {
			Object.assign(site.db, structuredClone(db));
			const fresh = await browser.newContext({ baseURL: site.url });
			await fresh.addCookies(cookies);
			return fresh;
		},
	};
}

export type Device = Awaited<ReturnType<typeof prepareDevice>>;

/** A contender's page, and what is done on it. */
export class Visit {
	readonly #site: Site;
	readonly #context: BrowserContext;
	readonly #page: Page;
	readonly #metrics: CDPSession;

	private constructor(site: Site, context: BrowserContext, page: Page, metrics: CDPSession) {
		this.#site = site;
		this.#context = context;
		this.#page = page;
		this.#metrics = metrics;
	}

	/** Opens the page. What is seen of its start begins at its first line. */
	static async open(site: Site, device: Device, name: Contender["name"]) {
		const context = await device.open();
		const tab = await context.newPage();
		const metrics = await context.newCDPSession(tab);
		await metrics.send("Performance.enable", { timeDomain: "threadTicks" });
		const visit = new Visit(site, context, tab, metrics);
		const start = async () => {
			await tab.goto(`/${name}`);
			return tab.evaluate(() => page.began);
		};
		const seen = await visit.#see(start);
		return { visit, ...seen };
	}

	close(): Promise<void> {
		return this.#context.close();
	}

	/** A person does something. */
	do(action: keyof Actions, name = ""): Promise<{ seen: Seen; truth: Truth }> {
		return this.#see(() => this.#page.evaluate(([what, whom]) => page.start(what, whom), [action, name] as const));
	}

	/** Comes back to the tab, as Chromium tells a page of it. */
	comeBack(): Promise<{ seen: Seen; truth: Truth }> {
		return this.#see(() =>
			this.#page.evaluate(() => {
				const at = performance.now();
				document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
				window.dispatchEvent(new Event("focus"));
				return at;
			}),
		);
	}

	/** Another account is made active past every page of the device, as by a page that a server rendered. */
	async switchElsewhere(name: string): Promise<void> {
		const row = (await this.#list()).find(({ user }) => user.name === name);
		const options = { data: { sessionToken: row?.session.token }, headers: { origin: this.#site.url } };
		await this.#context.request.post("/api/auth/multi-session/set-active", options);
	}

	async #see(run: () => Promise<number>): Promise<{ seen: Seen; truth: Truth }> {
		const before = await this.#cpu();
		this.#site.requests.length = 0;
		const began = await run();
		await this.#site.quiet(quiet);
		const cpu = (await this.#cpu()) - before;
		const requests = this.#site.requests.length;
		const truth = await this.#truth();
		const moments = await this.#page.evaluate(() => page.moments);
		const rows = truth.names.map((name) => (name === truth.active ? `${name}*` : name)).sort();
		/** From when on it is so for good; what never changed was so all along. */
		const since = (isSo: (moment: (typeof moments)[number]) => boolean): number | null => {
			const moment = moments[moments.findLastIndex((one) => !isSo(one)) + 1];
			return moment ? Math.max(moment.at - began, 0) : null;
		};
		const seen: Seen = {
			switcher: since(({ switcher }) => switcher === rows.join()),
			session: since(({ session }) => session === truth.active),
			requests,
			cpu,
		};
		return { seen, truth };
	}

	async #truth(): Promise<Truth> {
		const listed = await this.#list();
		const session: Listed[number] | null = await (await this.#context.request.get("/api/auth/get-session")).json();
		return { names: listed.map(({ user }) => user.name), active: session?.user.name ?? "" };
	}

	async #list(): Promise<Listed> {
		return (await this.#context.request.get("/api/auth/multi-session/list-device-sessions")).json();
	}

	async #cpu(): Promise<number> {
		const { metrics } = await this.#metrics.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
	}
}
