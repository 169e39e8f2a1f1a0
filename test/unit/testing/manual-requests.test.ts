import { describe, expect, test } from "vitest";
import { settle } from "../../../src/testing/index.js";
import { activeOf, first, onItsWay, open, switchToAda } from "./hand.js";

describe("a request", () => {
	test("waits for the server, then its answer waits for the page", async () => {
		const device = open();
		const settled = switchToAda(device);
		await settle();
		expect(device.pending()).toMatchObject([
			{ kind: "request", tab: 0, what: "POST /multi-session/set-active", ready: true },
		]);

		await device.deliver(0);
		expect(device.pending()).toMatchObject([
			{ kind: "answer", tab: 0, what: "POST /multi-session/set-active", ready: true },
		]);
		expect([activeOf(device), settled]).toEqual(["Bob", []]);

		await device.deliver(0);
		expect(device.pending()).toEqual([]);
		expect([activeOf(device), settled]).toEqual(["Ada", ["Ada"]]);
	});

	test("keeps its id while others come and go", async () => {
		const device = open();
		void device.client.getSession();
		void device.client.multiSession.listDeviceSessions();
		await settle();
		const [first, second] = device.pending();
		await device.deliver(0);
		expect(device.pending().map(({ id }) => id)).toEqual([second?.id, expect.any(Number)]);
		expect(device.pending()[1]?.id).not.toBe(first?.id);
	});

	test("that is lost never reaches the server", async () => {
		const device = open();
		const settled = device.client.signOut().catch((error: unknown) => error);
		await settle();
		await device.lose(0);
		expect(await settled).toBeInstanceOf(TypeError);
		expect(device.sessions()).toHaveLength(2);
	});

	test("whose answer is lost has been acted on, and sets no cookie", async () => {
		const device = open();
		const settled = switchToAda(device);
		const signedOut = device.client.signOut().catch((error: unknown) => error);
		await settle();
		await device.deliver(1);
		await device.lose(1);
		expect(await signedOut).toBeInstanceOf(TypeError);
		expect(device.sessions()).toEqual([]);
		await device.deliver(0);
		await device.lose(0);
		expect(settled).toEqual([expect.any(TypeError)]);
	});

	test("whose answer loses its body has set its cookies", async () => {
		const device = open();
		const settled = switchToAda(device);
		await settle();
		await device.deliver(0);
		await device.lose(0, { only: "body" });
		expect(settled).toEqual([expect.any(TypeError)]);
		expect(activeOf(device)).toBe("Ada");
	});

	test("takes its cookies when it is sent, not when it arrives", async () => {
		const device = open();
		const asked = device.client.getSession();
		await settle();
		device.signIn("Cy");
		await device.deliver(0);
		await device.deliver(0);
		expect((await asked).data?.user.name).toBe("Bob");
	});

	test("that its page has given up is on its way no more", async () => {
		const device = open();
		const controller = new AbortController();
		const asked = device.client.getSession({ fetchOptions: { signal: controller.signal } }).catch(() => "given up");
		await settle();
		controller.abort();
		expect(await asked).toBe("given up");
		expect(device.pending()).toEqual([]);
	});

	test("that a proxy refuses has an answer all the same", async () => {
		const device = open();
		device.disturb("/get-session", { refuse: () => new Response(null, { status: 503 }) });
		const asked = device.client.getSession();
		await settle();
		await device.deliver(0);
		expect(onItsWay(device)).toEqual(["answer 0 GET /get-session"]);
		await device.deliver(0);
		expect((await asked).error?.status).toBe(503);
	});

	test("two of them end in any order: the later answer has the cookie", async () => {
		const device = open({ accounts: ["Cy", "Ada", "Bob"] });
		switchToAda(device);
		const signedIn = device.client.signIn.email({ email: "cy@example.com", password: device.password });
		await settle();
		await device.deliver(1);
		await device.deliver(1);
		await signedIn;
		expect(activeOf(device)).toBe("Cy");
		await device.deliver(0);
		await device.deliver(first(device, "answer"));
		expect(activeOf(device)).toBe("Ada");
	});
});

describe("an index", () => {
	test.each([
		[0, "pending() lists nothing"],
		[-1, "pending() lists nothing"],
		[0.5, "pending() lists nothing"],
	])("%d, where nothing is on its way, is out of range", async (index, words) => {
		const device = open();
		await expect(device.deliver(index)).rejects.toThrow(RangeError);
		await expect(device.lose(index)).rejects.toThrow(words);
	});

	test("past the end: the error says what there is", async () => {
		const device = open();
		void device.client.getSession();
		void device.client.getSession();
		await settle();
		await expect(device.deliver(2)).rejects.toThrow(
			"Nothing is on its way at 2: pending() lists 0 to 1. Call it again after each deliver() or lose().",
		);
	});

	test("of what has no body: it cannot be lost alone", async () => {
		const device = open();
		void device.client.getSession();
		await settle();
		await expect(device.lose(0, { only: "body" })).rejects.toThrow(
			"Only an answer has a body to lose: there is a request at 0 (GET /get-session).",
		);
	});
});
