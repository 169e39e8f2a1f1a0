import { createAuthClient } from "better-auth/client";
import { inferAdditionalFields, multiSessionClient } from "better-auth/client/plugins";
import * as v from "valibot";
import { expect, onTestFinished, test } from "vitest";
import { createDeviceSessions, toDeviceSessions } from "../../../src/index.js";
import { openStore, pretendBrowser } from "../../support/open-store.js";
import { createBrowser, createRealServer, password, signUp } from "../../support/real-server.js";
import { askServer } from "../../support/server-render.js";

/** People with a plan of their own: `user.plan` is a custom column. */
async function people(plans: Record<string, string>) {
	const server = createRealServer({ user: { additionalFields: { plan: { type: "string", required: false } } } });
	const browser = createBrowser(server);
	pretendBrowser();
	const openClient = () =>
		createAuthClient({
			...browser.clientOptions,
			plugins: [multiSessionClient(), inferAdditionalFields({ user: { plan: { type: "string", required: false } } })],
		});
	// Another one, whose session signal, 10 ms later, is no news to the store's.
	const [client, elsewhere] = [openClient(), openClient()];
	for (const [name, plan] of Object.entries(plans)) {
		await elsewhere.signUp.email({ name, email: `${name}@example.com`, password, plan });
	}
	browser.requests.length = 0;
	return { server, browser, client };
}

const Plan = v.object({ plan: v.picklist(["free", "paid"]) });

test("custom fields are checked: a row that fails is left out and reported, the others show", async () => {
	const { client } = await people({ Ada: "paid", Bob: "stolen", Cy: "free" });
	const store = createDeviceSessions(client, { schemas: { user: Plan } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	expect(store.value?.sessions.map(({ user }) => [user.name, user.plan])).toEqual([
		["Ada", "paid"],
		["Cy", "free"],
	]);
	expect(store.value?.error).toMatchObject({ kind: "invalid-response", issues: [{ path: "1.user.plan" }] });
	expect(`${store.value?.error?.message}${JSON.stringify(store.value?.error)}`).not.toContain("stolen");
});

test("an active account that fails is not shown unchecked: nobody is active", async () => {
	const { client } = await people({ Ada: "paid", Bob: "stolen" });
	const store = createDeviceSessions(client, { schemas: { user: Plan } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	expect([store.value?.sessions.map(({ user }) => user.name), store.value?.active]).toEqual([["Ada"], null]);
});

test("what a schema makes of a field is in the row; the fields that it does not know stay", async () => {
	const { client } = await people({ Ada: "paid", Bob: "free" });
	const Loud = v.object({
		plan: v.pipe(
			v.string(),
			v.transform((plan) => ({ plan, isPaid: plan === "paid" })),
		),
	});
	const store = createDeviceSessions(client, { schemas: { user: Loud } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	const [ada] = store.value?.sessions ?? [];
	expect(ada?.user).toMatchObject({ name: "Ada", email: "ada@example.com", plan: { plan: "paid", isPaid: true } });
	expect((await store.setActive(ada?.id ?? "")).data?.user.plan.isPaid).toBe(true);
	expect(Object.isFrozen(store.value?.active?.user.plan)).toBe(true);
});

test("set-active's answer is checked too: one that fails is looked up", async () => {
	const { server, browser, client } = await people({ Ada: "paid", Bob: "free" });
	const store = createDeviceSessions(client, { schemas: { user: Plan } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	const ada = store.value?.sessions[0]?.id ?? "";
	const user = server.db["user"]?.find(({ name }) => name === "Ada");
	Object.assign(user ?? {}, { plan: "stolen" });
	expect((await store.setActive(ada)).error).toMatchObject({
		kind: "invalid-response",
		operation: "multiSession.setActive",
		applied: true,
	});
	expect(browser.requests.filter((path) => path.includes("list-device-sessions")).length).toBeGreaterThan(1);
	expect(store.value?.sessions.map(({ user }) => user.name)).toEqual(["Bob"]);
});

test("one that throws is an error of kind callback in the state: no row is lost, and the machine lives", async () => {
	const { client } = await people({ Ada: "paid", Bob: "free" });
	let broken = false;
	const Fragile = v.pipe(
		v.looseObject({}),
		v.check(() => {
			if (broken) throw new Error("a fault of the app");
			return true;
		}),
	);
	const store = createDeviceSessions(client, { schemas: { session: Fragile } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	broken = true;
	const { error } = await store.refetch();
	expect([error?.kind, error?.cause]).toEqual(["callback", new Error("a fault of the app")]);
	const ada = store.value?.sessions[0]?.id ?? "";
	expect((await store.setActive(ada)).error?.kind).toBe("callback");
	expect(store.value?.sessions).toHaveLength(2);
	broken = false;
	expect((await store.setActive(ada)).error).toBeNull();
});

test("one that throws for whoever is active and not listed loses nobody: a switch away is refused", async () => {
	const browser = createBrowser(createRealServer({ maximumSessions: 2 }));
	await signUp(browser, "Ada", "Bob");
	const user = v.pipe(
		v.looseObject({ name: v.string() }),
		v.check(({ name }) => {
			if (name === "Cy") throw new Error("a fault of the app");
			return true;
		}),
	);
	const changes: unknown[] = [];
	const { store, row } = await openStore(browser, {
		schemas: { user },
		onIdentityChange: (change) => void changes.push(change),
	});
	await signUp(browser, "Cy");
	await store.refetch();
	expect([store.value?.active, store.value?.error?.kind]).toEqual([null, "callback"]);
	expect((await store.setActive(row("Ada").id)).error?.kind).toBe("active-unlisted");
	expect(changes).toEqual([]);
});

test("a snapshot is checked by them, and its dates and theirs agree", async () => {
	const { server, browser, client } = await people({ Ada: "paid", Bob: "stolen" });
	const { list, session } = await askServer(server, browser);
	const snapshot = JSON.parse(JSON.stringify(toDeviceSessions(list, session)));
	const store = createDeviceSessions(client, { schemas: { user: Plan } });
	onTestFinished(() => store.destroy());
	expect(store.hydrate(snapshot).error).toMatchObject({
		kind: "invalid-input",
		issues: [{ path: "sessions.1.user.plan" }],
	});
	const throwing = createDeviceSessions(client, {
		schemas: {
			user: v.pipe(
				v.looseObject({}),
				v.check(() => {
					throw new Error("a fault of the app");
				}),
			),
		},
		initial: snapshot,
	});
	onTestFinished(() => throwing.destroy());
	expect(throwing.value?.error?.kind).toBe("callback");
});

test("a token does not come in through what a schema answers", async () => {
	const { server, client } = await people({ Ada: "paid" });
	const Copy = v.pipe(
		v.looseObject({ token: v.string() }),
		v.transform((session) => ({ ...session, copy: session.token })),
	);
	const store = createDeviceSessions(client, { schemas: { session: Copy } });
	onTestFinished(() => store.destroy());
	await store.refetch();
	expect(store.value?.sessions).toHaveLength(1);
	for (const { token } of server.sessions()) expect(JSON.stringify(store.value)).not.toContain(token);
});
