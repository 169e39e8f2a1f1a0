import { expect, test, vi } from "vitest";
import { gate } from "../../support/callbacks.js";
import { openDevice, until } from "../../support/open-store.js";
import { openPluginPage } from "../../support/plugin-page.js";
import { createBrowser, createRealServer, signUp } from "../../support/real-server.js";

// A `fetch` that ignores its signal, as some platforms' and many wrappers do: the request goes on after its time is over.
test.each([
	["a switch", "/multi-session/set-active", "setActive", ["Ada*", "Bob"]],
	["a revoke", "/multi-session/revoke", "revoke", ["Bob*"]],
] as const)("%s that acts after its time-out is looked for once more", async (_, path, command, shown) => {
	const { browser, store, row } = await openDevice(["Ada", "Bob"], { timeout: 500 });
	const passage = gate();
	const restore = browser.answer(path, async (request) => {
		restore();
		await passage.passed;
		return browser.pass(request);
	});
	const { error } = await store[command](row("Ada").id);
	expect(error?.kind).toBe("timeout");
	passage.open();
	const names = () => store.value?.sessions.map(({ active, user }) => user.name + (active ? "*" : ""));
	await until(store, () => `${names()}` === `${shown}`);
});

test("a change of the app's that acts after it was given up is looked for once more", async () => {
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada", "Bob");
	const { client, rest, shown } = await openPluginPage(browser);
	const passage = gate();
	browser.answer("/multi-session/revoke", async (request) => {
		await passage.passed;
		return browser.pass(request);
	});
	const controller = new AbortController();
	const sessionToken = browser.activeToken();
	const over = client.multiSession.revoke({ sessionToken, fetchOptions: { signal: controller.signal } });
	await vi.waitUntil(() => browser.requests.includes("POST /multi-session/revoke"));
	controller.abort();
	await rest();
	expect(shown()).toEqual(["Ada", "Bob*"]);
	passage.open();
	await over;
	await rest();
	expect(shown()).toEqual(["Ada*"]);
});
