import type { DeviceSessions } from "device-sessions";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { password } from "../support/real-server.js";
import { launchChromium } from "./chromium.js";
import { startSite, type Way, ways } from "./inspector/site.js";

const ip = "203.0.113.77";
const agent = "Mozilla/5.0 (a browser of nobody else)";
const people = ["Adamantia", "Bonifatius", "Cyrillus", "Demetrius"];
const personal = [...people, ...people.map((name) => `${name.toLowerCase()}@`), ip, agent, "+1 555 0100"];

let browser: Browser;
beforeAll(async () => {
	browser = await launchChromium();
});
afterAll(() => browser?.close());

/** In the app's page. */
declare const deviceSessions: DeviceSessions;
/** In the inspector's page. */
declare const received: string[];

/** What the inspector's page gets, where people switch and sign out in the app's. */
async function inspectApp(way: Way, wrapper: "redact" | "nothing") {
	const site = await startSite(way, wrapper);
	const context = await browser.newContext({ userAgent: agent, extraHTTPHeaders: { "x-forwarded-for": ip } });
	try {
		for (const name of people) {
			const answer = await context.request.post(`${site.url}/api/auth/sign-up/email`, {
				data: { name, email: `${name.toLowerCase()}@example.com`, password },
				headers: { origin: site.url },
			});
			expect(answer.status()).toBe(200);
		}
		const tokens = site.server.sessions().map(({ token }) => String(token));
		const ids = site.server.sessions().map(({ id }) => String(id));
		let app: Page;
		let inspector: Page | Frame;
		if (way === "In the browser") {
			app = await context.newPage();
			await app.goto(site.url);
			const opened = context.waitForEvent("page");
			await app.getByRole("button", { name: "Inspect" }).click();
			inspector = await opened;
		} else {
			const bridge = await context.newPage();
			await bridge.goto(site.bridgeUrl);
			const handle = await bridge.locator("iframe").elementHandle();
			const frame = await handle?.contentFrame();
			if (!frame) throw new Error("The bridge has no inspector");
			inspector = frame;
			app = await context.newPage();
			await app.goto(site.url);
		}
		await app.evaluate(async (name) => {
			deviceSessions.subscribe(() => {});
			const { data: rows } = await deviceSessions.refetch();
			await deviceSessions.setActive(rows?.find(({ user }) => user.name === name)?.id ?? "");
			await deviceSessions.signOutOthers();
			await deviceSessions.setActive(`${name}@example.com`);
		}, people[0] ?? "");
		await inspector.waitForFunction(() => received.some((text) => text.includes('"kind":"unknown-session"')));
		const messages = await inspector.evaluate(() => received);
		return { tokens, ids, messages, text: messages.join("\n") };
	} finally {
		await context.close();
		await site.close();
	}
}

interface Message {
	readonly type: string;
	readonly name?: string;
	readonly definition?: string;
	readonly event?: { readonly type: string };
	readonly snapshot?: { readonly value?: string; readonly context?: { readonly rows: readonly object[] } };
}

describe.each(ways)("%s", (way) => {
	let redacted: Awaited<ReturnType<typeof inspectApp>>;
	let plain: typeof redacted;
	beforeAll(async () => {
		redacted = await inspectApp(way, "redact");
		plain = await inspectApp(way, "nothing");
	});

	test("the inspector's page gets the machine, its states and its events, readable", () => {
		const messages = redacted.messages.map((text): Message => JSON.parse(text));
		const machine = messages.find(({ name, type }) => type === "@xstate.actor" && name === "deviceSessions");
		const definition: { id: string; states: object } = JSON.parse(machine?.definition ?? "{}");
		expect([definition.id, Object.keys(definition.states).sort()]).toEqual([
			"deviceSessions",
			["idle", "loading", "revoking", "switching"],
		]);
		const shown = messages.flatMap(({ snapshot }) => (snapshot?.value ? [snapshot.value] : []));
		expect(new Set(shown)).toEqual(new Set(["idle", "loading", "switching", "revoking"]));
		expect(messages.flatMap(({ event }) => event?.type ?? [])).toEqual(
			expect.arrayContaining(["wake", "command.switch", "row.activated", "command.revokeOthers", "row.revoked"]),
		);
		const rows = messages.map(({ snapshot }) => snapshot?.context?.rows ?? []).find(({ length }) => length === 4);
		expect(rows).toEqual(
			redacted.ids.map((id, index) => ({ id, active: index === 3, lastActiveAt: null, listed: true })),
		);
	});

	test("no token is there, with `redact` or without", () => {
		for (const { tokens, text } of [redacted, plain]) {
			expect(tokens).toHaveLength(4);
			for (const token of tokens) expect(text.includes(token)).toBe(false);
		}
	});

	test("with `redact` no name, e-mail address, IP address, user agent or custom field is there; without it all are", () => {
		const found = ({ text }: typeof plain) => personal.filter((secret) => text.includes(secret));
		expect(found(redacted)).toEqual([]);
		expect(found(plain)).toEqual(personal);
	});
});
