import * as v from "valibot";
import { expect, test } from "vitest";
import { createTestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

const list = "/multi-session/list-device-sessions";

test("an active account that a schema fails is not lost: promote puts nobody in its place", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	device.change("Ada", { plan: "pro" });
	const schemas = { user: v.object({ plan: v.string() }) };
	const { store } = await openKitStore(device, { whenActiveLost: "promote", schemas });
	await device.clock.advance(1_000);
	expect(store.value?.error?.kind).toBe("invalid-response");
	expect(device.rows().find(({ active }) => active)?.name).toBe("Bob");
	expect(device.sent).not.toContain("POST /multi-session/set-active");
});

test("an active account whose row alone is malformed is listed all the same: a switch away from it is made", async () => {
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const spoil = (account: { user: { name: string } }) =>
		account.user.name === "Bob" ? { ...account, user: { ...account.user, email: 5 } } : account;
	// Safe: the list of a device.
	device.disturb(list, { answer: ({ body }) => Response.json((body as Parameters<typeof spoil>[0][]).map(spoil)) }, 9);
	const { store } = await openKitStore(device);
	const ada = store.value?.sessions.find(({ user }) => user.name === "Ada");
	expect((await store.setActive(ada?.id ?? "")).error).toBeNull();
});
