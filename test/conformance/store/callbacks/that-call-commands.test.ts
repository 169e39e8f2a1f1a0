import { describe, expect, test, vi } from "vitest";
import { openDevice, until } from "../../../support/open-store.js";
import { createClock } from "../../../support/simulated-clock.js";

describe("callbacks that call commands", () => {
	test("may do so: everything settles, and the last wish is what is", async () => {
		const later: Promise<unknown>[] = [];
		let asked = 0;
		const { store, row } = await openDevice(["Ada", "Bob", "Cy"], {
			onBeforeSwitch: () => {
				asked += 1;
				if (asked === 1) later.push(store.setActive(row("Bob").id));
			},
			onIdentityChange: () => void later.push(store.refetch()),
		});
		const first = await store.setActive(row("Ada").id);
		const results = await Promise.all(later);
		expect([first.error, ...results]).toEqual([null, ...results.map(() => expect.objectContaining({ error: null }))]);
		await until(store, ({ status }) => status === "idle");
		expect(store.value?.active?.user.name).toBe("Bob");
	});

	test.each(["onBeforeSwitch", "onIdentityChange"] as const)(
		"from %s and wait for them end at the time limit: nothing hangs",
		async (name) => {
			const clock = createClock();
			let inside: Promise<{ error: unknown }> | undefined;
			const callback = vi.fn(() => {
				inside ??= store.refetch();
				return inside;
			});
			const { store, row } = await openDevice(["Ada", "Bob"], { [name]: callback, clock });
			const switched = store.setActive(row("Ada").id);
			await vi.waitFor(() => expect(callback).toHaveBeenCalled());
			clock.advance(10_000);
			await switched;
			expect(store.value?.error?.kind).toBe("callback");
			expect((await inside)?.error).toBeNull();
		},
	);

	test.each(["onBeforeSwitch", "onIdentityChange"] as const)(
		"%s that waits for destroy() does not hold it up",
		async (name) => {
			const clock = createClock();
			const callback = vi.fn(() => store.destroy());
			const { browser, store, row } = await openDevice(["Ada", "Bob"], { [name]: callback, clock });
			const { error } = await store.setActive(row("Ada").id);
			await callback.mock.results[0]?.value;
			const sent = browser.requests.includes("POST /multi-session/set-active");
			expect([error?.kind, sent]).toEqual(name === "onBeforeSwitch" ? ["destroyed", false] : [undefined, true]);
			expect(clock.timers.size).toBe(0);
		},
	);
});
