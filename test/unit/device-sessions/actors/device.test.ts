import { describe, expect, test, vi } from "vitest";
import { createDevice } from "../../../../src/device-sessions/actors/device.js";
import { createWire } from "../../../../src/device-sessions/wire/wire.js";
import { ListSessions } from "../../../../src/multi-session/list-sessions.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

const list = "/multi-session/list-device-sessions";

describe("what is sent", () => {
	const send = ({ device, kit, signal }: ReturnType<typeof openDevice>) =>
		device.send("refetch", signal, (options) => ListSessions(kit.client, options));

	test("comes back with what the server answers, and leaves no timer behind", async () => {
		const page = openDevice();
		const { data } = await send(page);
		expect([data?.length, page.kit.clock.pending]).toEqual([3, 0]);
	});

	test("may take so long and no longer, whether the request heeds its signal or not", async () => {
		const page = openDevice({ timeout: 2_000 });
		const given = vi.fn((_: { signal: AbortSignal }) => new Promise<never>(() => {}));
		const answer = page.device.send("refetch", page.signal, given);
		await page.kit.clock.advance(2_000);
		expect(await answer).toMatchObject({ error: { kind: "timeout", operation: "refetch" } });
		expect(given.mock.calls[0]?.[0].signal.aborted).toBe(true);
	});

	test("ends when the command is stopped", async () => {
		const page = openDevice();
		void page.kit.hold(list);
		const answer = send(page);
		await settle();
		page.stop();
		expect(await answer).toMatchObject({ error: { kind: "aborted" } });
	});

	test("keeps Better Auth's session signal still", async () => {
		const page = openDevice();
		const call = vi.fn(async (_: object) => ({ data: 1, error: null }));
		await page.device.send("setActive", page.signal, call);
		expect(call).toHaveBeenCalledWith(expect.objectContaining({ fetchOptions: { disableSignal: true } }));
	});

	test("is known to the wire as the store's own", async () => {
		const wire = createWire();
		const claim = vi.spyOn(wire, "claim");
		const page = openDevice({}, {}, wire);
		let own: AbortSignal | undefined;
		await page.device.send("setActive", page.signal, async ({ signal }) => {
			own = signal;
			return { data: 1, error: null };
		});
		expect(claim).toHaveBeenCalledWith(own);
	});
});

test("a mutation that ends after its time is told of, to whoever listens still", async () => {
	const page = openDevice({ timeout: 2_000 });
	const heard: string[] = [];
	const stop = page.device.onLate(() => heard.push("one"));
	page.device.onLate(() => heard.push("other"));
	const late = async () => {
		let end = () => {};
		const held = new Promise<{ data: number; error: null }>((resolve) => {
			end = () => resolve({ data: 1, error: null });
		});
		const answer = page.device.mutate("revoke", page.signal, () => held);
		await page.kit.clock.advance(2_000);
		expect((await answer).error?.kind).toBe("timeout");
		end();
		await settle();
		return heard.splice(0);
	};
	expect(await late()).toEqual(["one", "other"]);
	stop();
	expect(await late()).toEqual(["other"]);
});

test("while a sign-in is half-way, the page shows whom it began with", async () => {
	const page = openDevice();
	await page.read({ unless: [page.id("Ada")] });
	page.device.halfWay.begin(page.id("Ada"));
	await page.device.identity.show(null, "external");
	expect(page.device.identity.shown()).toMatchObject({ id: page.id("Ada") });
});

test("closed, the app is waited for no longer", async () => {
	const page = openDevice({ onBeforeSwitch: () => new Promise(() => {}) });
	await page.read();
	const row = { ...page.device.vault.row(page.id("Bob"))!, active: false, lastActiveAt: null };
	const asked = page.device.callbacks.ask("setActive", { from: null, to: row, reason: "setActive" });
	page.device.close();
	expect(await asked).toMatchObject({ kind: "destroyed" });
});

test("two tabs of a device share its lock, its version and what was used last", async () => {
	const one = openDevice();
	const device = createDevice(one.kit.openTab().client, one.device.clock, { timeout: 1_000 });
	const moved = one.device.version.end();
	one.device.lastUsed.remember("a", moved);
	expect([device.version.current(), device.lastUsed.active()]).toMatchObject([moved, { id: "a" }]);
	const outcome = await one.device.lock.run(1_000, one.signal, async () => {
		const waiting = device.lock.run(500, one.signal, async () => "ran");
		await one.kit.clock.advance(500);
		return waiting;
	});
	expect(outcome).toBe("busy");
	device.atom.release();
});
