import { createAuthClient } from "better-auth/client";
import { multiSessionClient, organizationClient } from "better-auth/client/plugins";
import { multiSession, organization } from "better-auth/plugins";
import { expect, onTestFinished, test } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { pretendBrowser, until } from "../../support/open-store.js";
import { createBrowser, createRealServer, password } from "../../support/real-server.js";

test("organizations follow the account, once the page has been told", async () => {
	const server = createRealServer({ plugins: [multiSession(), organization()] });
	Object.assign(server.db, { organization: [], member: [], invitation: [] });
	const browser = createBrowser(server);
	// A plugin brings the atoms of its client: with one for both, the founder's late signal would have the page ask again.
	const plugins = () => [multiSessionClient(), organizationClient()];
	const founder = createAuthClient({ ...browser.clientOptions, plugins: plugins() });
	for (const name of ["Ada", "Bob"]) {
		await founder.signUp.email({ name, email: `${name}@example.com`, password });
		await founder.organization.create({ name: `${name}'s`, slug: name.toLowerCase() });
	}
	browser.requests.length = 0;
	pretendBrowser();
	const client = createAuthClient({ ...browser.clientOptions, plugins: plugins() });
	const asked: number[] = [];
	/** How often the organizations were asked for since the switch was sent. */
	const requests = () =>
		browser.requests
			.slice(browser.requests.indexOf("POST /multi-session/set-active"))
			.filter((path) => path.startsWith("GET /organization")).length;
	const store = createDeviceSessions(client, { onIdentityChange: () => void asked.push(requests()) });
	const lists: string[] = [];
	const actives: string[] = [];
	const stops = [
		store.listen(() => {}),
		client.useListOrganizations.subscribe(({ data }) => data?.[0] && lists.push(data[0].name)),
		client.useActiveOrganization.subscribe(({ data }) => data && actives.push(data.name)),
	];
	onTestFinished(async () => {
		for (const stop of stops) stop();
		await store.destroy();
	});
	await until(store, ({ isPending }) => !isPending);
	await until(client.useListOrganizations, ({ data }) => data?.[0]?.name === "Bob's");
	await until(client.useActiveOrganization, ({ data }) => data?.name === "Bob's");
	const ada = store.value?.sessions.find(({ user }) => user.name === "Ada");
	await store.setActive(ada?.id ?? "");
	await until(client.useListOrganizations, ({ data }) => data?.[0]?.name === "Ada's");
	await until(client.useActiveOrganization, ({ data }) => data?.name === "Ada's");
	expect(asked).toEqual([0]);
	expect(requests()).toBe(2);
	expect([new Set(lists), new Set(actives)]).toEqual([new Set(["Bob's", "Ada's"]), new Set(["Bob's", "Ada's"])]);
});
