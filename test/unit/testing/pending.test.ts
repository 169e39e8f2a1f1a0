import { describe, expect, test } from "vitest";
import { settle } from "../../../src/testing/index.js";
import { activeOf, onItsWay, open, switchToAda } from "./hand.js";

describe("without the option", () => {
	test("what waits for a latency is listed once, and comes through at once when it is delivered", async () => {
		const device = open({ manual: false, latency: 1_000 });
		const settled = switchToAda(device);
		await settle();
		expect(onItsWay(device)).toEqual(["request 0 POST /multi-session/set-active"]);
		await device.deliver(0);
		expect(onItsWay(device)).toEqual(["answer 0 POST /multi-session/set-active"]);
		await device.deliver(0);
		expect([settled, device.clock.pending]).toEqual([["Ada"], 0]);
	});

	test("what waits comes by itself when its time is over", async () => {
		const device = open({ manual: false });
		device.disturb("/multi-session/set-active", { delay: 100, lag: 100 });
		const settled = switchToAda(device);
		await device.clock.advance(100);
		expect(onItsWay(device)).toEqual(["answer 0 POST /multi-session/set-active"]);
		await device.clock.advance(100);
		expect([settled, onItsWay(device)]).toEqual([["Ada"], []]);
	});

	test("a held request is delivered by hand, its answer too", async () => {
		const device = open({ manual: false, latency: 1_000 });
		void device.hold("/multi-session/set-active");
		const settled = switchToAda(device);
		await settle();
		await device.deliver(0);
		expect([onItsWay(device), activeOf(device)]).toEqual([["answer 0 POST /multi-session/set-active"], "Bob"]);
		await device.deliver(0);
		expect([settled, activeOf(device)]).toEqual([["Ada"], "Ada"]);
	});

	test.each([
		["a request", 0, undefined, "Bob"],
		["an answer", 1, undefined, "Bob"],
		["a body", 1, "body", "Ada"],
	] as const)("%s is lost on hold", async (_, delivered, only, active) => {
		const device = open({ manual: false });
		void device.hold("/multi-session/set-active");
		const settled = switchToAda(device);
		await settle();
		if (delivered) await device.deliver(0);
		await device.lose(0, { only });
		expect([settled, activeOf(device), device.pending()]).toEqual([[expect.any(TypeError)], active, []]);
	});

	test("a disturbance loses a body whose cookies have come", async () => {
		const device = open({ manual: false });
		device.disturb("/multi-session/set-active", { lose: "body" });
		const settled = switchToAda(device);
		await settle();
		expect([settled, activeOf(device)]).toEqual([[expect.any(TypeError)], "Ada"]);
	});
});
