import { createAuthClient } from "better-auth/client";
import { multiSessionClient } from "better-auth/client/plugins";
import { expect, test, vi } from "vitest";
import { createTestDevice, settle, type TestDevice } from "../../../src/testing/index.js";
import { openKitStore } from "../../support/open-kit-store.js";

async function open(device: TestDevice) {
	const { store } = await openKitStore(device);
	await device.clock.advance(60_000);
	device.requests.length = 0;
	return store;
}

/** Better Auth's own look at the session, as its focus listener makes it. */
const look = ({ client }: TestDevice) => client.useSession.value?.refetch();

test("another name that Better Auth's session comes with is shown, for one read of the list", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Ada"] });
	const store = await open(device);
	device.change("Ada", { name: "Countess" });
	await look(device);
	await vi.waitUntil(() => store.value?.active?.user.name === "Countess");
	expect(store.value?.status).toBe("idle");
	expect(device.requests).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
});

test("a session that is never twice the same is no reason to go on reading", async () => {
	const device = createTestDevice({ accounts: ["Bob", "Ada"] });
	let answers = 0;
	const count = ({ body }: { body: unknown }) => {
		answers += 1;
		const { session, user } = Object(body);
		return Response.json({ session: { ...session, answers }, user });
	};
	device.disturb("/get-session", { answer: count }, Number.POSITIVE_INFINITY);
	await open(device);
	await look(device);
	await settle();
	await device.clock.advance(60_000);
	await settle();
	expect(device.requests).toEqual(["GET /get-session", "GET /multi-session/list-device-sessions"]);
});

test("a client that makes values of its own of an answer, such as BigInt, is no fault", async () => {
	const device = createTestDevice({
		accounts: ["Bob", "Ada"],
		createClient: ({ baseURL, fetchOptions }) =>
			createAuthClient({
				baseURL,
				fetchOptions: {
					...fetchOptions,
					jsonParser: (text: string) =>
						JSON.parse(text, (key, value) => (key === "name" && value === "Ada" ? 5n : value)),
				},
				plugins: [multiSessionClient()],
			}),
	});
	await openKitStore(device);
	expect(device.client.useSession.value?.error).toBeNull();
});
