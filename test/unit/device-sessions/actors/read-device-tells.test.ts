import { describe, expect, test } from "vitest";
import type { IdentityChange } from "../../../../src/index.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

describe("the page is told", () => {
	const open = (onIdentityChange: (change: IdentityChange) => unknown) => openDevice({ onIdentityChange });

	test("of nothing at its first reading, of another user at the next one, and the reading waits for it", async () => {
		const changes: IdentityChange[] = [];
		let goOn = () => {};
		const page = open((change) => {
			changes.push(change);
			return new Promise<void>((resolve) => {
				goOn = resolve;
			});
		});
		await page.read();
		expect(changes).toEqual([]);
		page.kit.signIn("Bob");
		let isOver = false;
		const reading = page.read({ reason: "promote" }).then(() => {
			isOver = true;
		});
		await settle();
		expect(changes).toMatchObject([
			{ from: { user: { name: "Ada" } }, to: { user: { name: "Bob" } }, reason: "promote" },
		]);
		expect(isOver).toBe(false);
		goOn();
		await reading;
	});

	test("and its failure is in the reading", async () => {
		const page = open(() => {
			throw new Error("a fault of the app's");
		});
		await page.read();
		page.kit.signIn("Bob");
		expect((await page.read()).error).toMatchObject({ kind: "callback" });
	});

	test("of nothing where it is no news who is active: a switch is about to be made again", async () => {
		const changes: IdentityChange[] = [];
		const page = open((change) => changes.push(change));
		await page.read();
		page.kit.signIn("Bob");
		await page.read({ unless: [page.id("Bob")] });
		expect(changes).toEqual([]);
	});

	test("of whoever another tab has switched to since, though it is the account from before the switch", async () => {
		const changes: IdentityChange[] = [];
		const page = open((change) => changes.push(change));
		await page.read();
		page.kit.signIn("Bob");
		page.device.lastUsed.isOvertaken = () => true;
		expect((await page.read({ unless: [page.id("Bob")] })).isOvertaken).toBe(true);
		expect(changes).toMatchObject([{ to: { user: { name: "Bob" } } }]);
	});

	test("of whoever a half-way sign-in ends with, and not before of nobody, whom a reading from before has found", async () => {
		const changes: IdentityChange[] = [];
		const { device, kit, id, read } = open((change) => changes.push(change));
		await read();
		device.halfWay.begin(id("Ada"));
		kit.end("Ada");
		const asked = kit.hold("/get-session");
		const reading = read();
		const held = await asked;
		held.act();
		// In another tab.
		device.halfWay.end();
		device.version.end();
		held.release();
		await reading;
		expect(changes).toEqual([]);
		kit.signIn("Bob");
		await read();
		expect(changes).toMatchObject([{ from: { user: { name: "Ada" } }, to: { user: { name: "Bob" } } }]);
	});

	test("of nobody, for the sign-out of all whose answer was lost, though a sign-in was half-way", async () => {
		const changes: IdentityChange[] = [];
		const { device, kit, id, read } = open((change) => changes.push(change));
		await read();
		device.halfWay.begin(id("Ada"));
		device.halfWay.leaving = device.halfWay.current();
		for (const name of ["Ada", "Bob", "Cy"]) kit.end(name);
		const reading = await read({ reason: "signOutAll" });
		expect([reading.signingIn, changes]).toMatchObject([
			null,
			[{ from: { user: { name: "Ada" } }, to: null, reason: "signOutAll" }],
		]);
	});

	test("and so are the other tabs, which have read that nobody is left, that the sign-in is not half-way any more", async () => {
		const { device, kit, id, read } = open(() => {});
		await read();
		device.halfWay.begin(id("Ada"));
		device.halfWay.leaving = device.halfWay.current();
		for (const name of ["Ada", "Bob", "Cy"]) kit.end(name);
		const before = device.version.current();
		await read();
		expect(device.version.current()).toBe(before);
		await read({ reason: "signOutAll" });
		expect(device.version.current()).not.toBe(before);
	});

	test("and what has changed meanwhile is read again", async () => {
		const page = open(() => {
			page.kit.signIn("Cy");
			page.device.atom.fireSignal();
		});
		await page.read();
		page.kit.signIn("Bob");
		const { activeId, rows } = await page.read();
		expect(rows.find(({ id }) => id === activeId)?.user.name).toBe("Cy");
	});
});

describe("while the page is told, useSession looks again past the store: that is in the reading,", () => {
	const openLooking = async (look: (page: ReturnType<typeof openDevice>) => unknown) => {
		const page = openDevice({
			onIdentityChange: ({ to }) => {
				if (to?.user.name !== "Bob") return undefined;
				page.kit.signIn("Cy");
				return look(page);
			},
		});
		await page.read();
		page.kit.signIn("Bob");
		const { activeId, rows } = await page.read();
		return rows.find(({ id }) => id === activeId)?.user.name;
	};

	test("where it has ended by then", async () => {
		expect(await openLooking(({ device }) => device.atom.refetch())).toBe("Cy");
	});

	test("where it is still under way", async () => {
		expect(await openLooking(({ device }) => void device.atom.refetch())).toBe("Cy");
	});
});

describe("where nobody is active", () => {
	const promote = { whenActiveLost: "promote" } as const;
	const openLost = (settings: Parameters<typeof openDevice>[0]) => {
		const page = openDevice(settings);
		page.device.lastUsed.remember(page.id("Cy"), "v1");
		page.kit.end("Ada");
		return page;
	};

	test("the one used last shall be, if the app wants somebody to be", async () => {
		const page = openLost(promote);
		expect(await page.read()).toMatchObject({ activeId: null, successor: page.id("Cy") });
	});

	test("nobody shall be, if it does not", async () => {
		expect((await openLost({}).read()).successor).toBeUndefined();
	});

	test("nobody shall be while a sign-in is half-way", async () => {
		const page = openLost(promote);
		page.device.halfWay.begin(null);
		expect((await page.read()).successor).toBeUndefined();
	});

	test("and where somebody is, nobody else shall be", async () => {
		expect((await openDevice(promote).read()).successor).toBeUndefined();
	});
});
