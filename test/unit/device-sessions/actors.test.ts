import { describe, expect, test } from "vitest";
import { createActor, setup, toPromise } from "xstate";
import { createActors } from "../../../src/device-sessions/actors.js";
import type { DeviceSessionsEvent, ReadFailure, SwitchInput } from "../../../src/device-sessions/events.js";
import { settle } from "../../../src/testing/index.js";
import { openDevice, readInput } from "./actors/open-device.js";

const list = "/multi-session/list-device-sessions";

describe("a read", () => {
	const run = ({ device }: ReturnType<typeof openDevice>, attempt = 0) =>
		toPromise(createActor(createActors(device).readDevice, { input: { ...readInput, attempt } }).start());

	test("ends with what it found", async () => {
		const page = openDevice();
		expect(await run(page)).toMatchObject({ activeId: page.id("Ada"), error: null });
	});

	test("that fails for now says when it is worth another one, in whole epoch ms", async () => {
		const page = openDevice();
		page.kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		const thrown: unknown = await run(page).catch((failure: unknown) => failure);
		expect(thrown).toMatchObject({ error: { kind: "server" } });
		// Safe: what was just thrown, as the machine reads it.
		const { retryAt } = thrown as ReadFailure;
		expect(retryAt).toBeGreaterThan(page.kit.clock.now());
		expect(Number.isInteger(retryAt)).toBe(true);
	});

	test("that fails for good says that another one would do no better", async () => {
		const page = openDevice();
		page.kit.disturb(list, { refuse: () => Response.json({}, { status: 404 }) });
		await expect(run(page)).rejects.toMatchObject({ mayPass: false });
	});

	test("in which something breaks fails as an error of the operation", async () => {
		const page = openDevice();
		const device = {
			...page.device,
			check: () => {
				throw new Error("a fault");
			},
		};
		await expect(run({ ...page, device })).rejects.toMatchObject({ error: { operation: "refetch" } });
	});
});

describe("a command", () => {
	/** A machine that does nothing but run the actor, and what that has told it. */
	function run(page: ReturnType<typeof openDevice>, device = page.device) {
		const events: DeviceSessionsEvent[] = [];
		const machine = setup({
			types: { events: {} as DeviceSessionsEvent },
			actors: { switchTo: createActors(device).switchTo },
		}).createMachine({
			invoke: { src: "switchTo", input: (): SwitchInput => page.switchInput("Bob") },
			on: { "*": { actions: ({ event }) => events.push(event) } },
		});
		const actor = createActor(machine, { clock: page.device.clock }).start();
		return { actor, events };
	}

	test("tells the machine what its requests come to", async () => {
		const page = openDevice();
		await page.read();
		const { actor, events } = run(page);
		await settle();
		expect(events.map(({ type }) => type)).toEqual(["command.locked", "version.carried", "row.activated"]);
		actor.stop();
	});

	test("in which something breaks fails, and is done: the machine goes on", async () => {
		const page = openDevice();
		await page.read();
		const lock = {
			run: () => {
				throw new Error("a fault");
			},
		};
		const { actor, events } = run(page, { ...page.device, lock });
		await settle();
		expect(events).toMatchObject([
			{ type: "command.failed", error: { operation: "setActive" }, unsure: false },
			{ type: "command.done" },
		]);
		expect(actor.getSnapshot().status).toBe("active");
		actor.stop();
	});

	test("that is stopped ends its request", async () => {
		const page = openDevice();
		await page.read();
		const held = page.kit.hold("/multi-session/set-active");
		const { actor } = run(page);
		await held;
		actor.stop();
		await settle();
		expect(page.kit.sending("POST /multi-session/set-active")).toBe(0);
	});
});
