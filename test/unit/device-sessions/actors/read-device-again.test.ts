import { describe, expect, test } from "vitest";
import type { ReadFailure } from "../../../../src/device-sessions/events.js";
import { initialContext } from "../../../../src/device-sessions/machine/context.js";
import { isNews, readFailed } from "../../../../src/device-sessions/machine/readings.js";
import { activeOf, mergeRows } from "../../../../src/device-sessions/machine/rows.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

const list = "/multi-session/list-device-sessions";

type Page = ReturnType<typeof openDevice>;

/** A read whose list is held at its first look, until something has happened, and at its second. */
async function lookTwice(page: Page, meanwhile: () => void) {
	const { kit, read } = page;
	const first = kit.hold(list);
	const reading = read();
	const request = await first;
	meanwhile();
	const second = kit.hold(list);
	request.release();
	return { reading, request: await second };
}

/** For an hour, by the time of day. */
const sleep = ({ kit: { clock } }: Pick<Page, "kit">): void => clock.jump(clock.now() + 3_600_000);

/** A device of whose page something happens while it is told for the first time. */
function openTold(happen: (page: Page) => void): Page {
	let isTold = false;
	const page: Page = openDevice({
		onIdentityChange: async () => {
			if (isTold) return;
			isTold = true;
			happen(page);
			await settle();
		},
	});
	return page;
}

describe("where another tab has found somebody else meanwhile", () => {
	test("the look that is made once more ends a half-way sign-in, and not the one before", async () => {
		const page = openDevice({ whenActiveLost: "promote" });
		const { device, id, kit } = page;
		const ada = id("Ada");
		device.halfWay.begin(ada);
		const { reading, request } = await lookTwice(page, () => device.lastUsed.remember(null, device.version.current()));
		expect(device.halfWay.current()).toMatchObject({ from: ada });
		kit.end("Ada");
		void device.atom.refetch();
		await settle();
		request.release();
		expect(await reading).toMatchObject({ activeId: null, successor: undefined, signingIn: { from: ada } });
	});

	test("and the device has changed since, what is compared is what was said of it after that", async () => {
		const page = openDevice();
		const { device, id } = page;
		const { reading, request } = await lookTwice(page, () => {
			device.lastUsed.remember(null, device.version.current());
			device.version.hear("another!");
		});
		device.lastUsed.remember(id("Bob"), "another!");
		request.release();
		const found = await reading;
		expect(found).toMatchObject({
			version: "another!",
			activeId: id("Ada"),
			lastActive: { version: "another!", id: id("Bob") },
		});
		expect(isNews(initialContext, found)).toBe(true);
	});

	test("and the list fails then, the failure brings the rows along: the active one may be new", async () => {
		const told: unknown[] = [];
		const page = openDevice({ onIdentityChange: ({ to }) => void told.push(to?.user.name) });
		const { device, id, kit, read } = page;
		const before = await read();
		kit.signIn("Dan");
		const held = kit.hold(list);
		const reading = read().catch((failure: unknown) => failure);
		const request = await held;
		device.lastUsed.remember(id("Bob"), device.version.current());
		kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		request.release();
		const failure = await reading;
		const context = {
			...initialContext,
			rows: mergeRows([], before.rows, before.activeId),
			loadedAt: 1,
			isPending: false,
		};
		const { rows = [] } = readFailed(context, failure);
		expect([activeOf(rows)?.user["name"], told]).toEqual(["Dan", ["Dan"]]);
	});
});

test("where another tab has found somebody else while the page was told, it looks once more (seed 43000695)", async () => {
	const told: unknown[] = [];
	const page = openDevice({
		onIdentityChange: ({ to }) => {
			told.push(to?.user.name ?? null);
			if (told.length > 1) return;
			// Its cookie was taken away by a late look, and another tab has read that.
			page.kit.end("Bob");
			page.device.lastUsed.remember(null, page.device.version.current());
		},
	});
	const { kit, read } = page;
	await read();
	kit.signIn("Bob");
	expect((await read()).activeId).toBe(null);
	expect(told).toEqual(["Bob", null]);
});

test("of a version of which nobody has spoken, the page's word is given before it is told", async () => {
	const heard: unknown[] = [];
	const page = openDevice({ onIdentityChange: () => void heard.push(page.device.lastUsed.active()) });
	const { device, id, kit, read } = page;
	await read();
	kit.signIn("Bob");
	device.version.hear("another!");
	const { lastActive } = await read();
	expect(heard).toEqual([{ version: "another!", id: id("Bob") }]);
	expect(lastActive?.version).not.toBe("another!");
});

test.each([
	["has looked by itself", ({ kit }) => kit.client.$store.notify("$sessionSignal")],
	["has slept", sleep],
	["was contradicted", ({ device, id }) => device.lastUsed.remember(id("Bob"), device.version.current())],
] as readonly (readonly [string, (page: Page) => void])[])(
	"where the page %s while it was told, and the list fails at the look after that, the failure brings the rows along",
	async (_, happen) => {
		const page = openTold((told) => {
			happen(told);
			told.kit.disturb(list, { refuse: () => Response.json({}, { status: 500 }) });
		});
		const { id, kit, read } = page;
		await read();
		kit.signIn("Dan");
		const failure = await read().catch((thrown: unknown) => thrown);
		expect(failure).toMatchObject({ activeId: id("Dan") });
		// Safe: what a read rejects with.
		const { rows = [] } = failure as ReadFailure;
		expect(rows.map((row) => row.user["name"])).toContain("Dan");
	},
);

describe("where the page looks once more while it is told, whom the other tabs know is remembered", () => {
	const open = () => openTold(({ kit }) => kit.client.$store.notify("$sessionSignal"));
	/** Past every page that is watched. */
	async function makeActive({ kit }: ReturnType<typeof open>, name: string) {
		const [session] = kit.sessionsOf(name);
		await kit.openTab().client.multiSession.setActive({ sessionToken: session?.token ?? "" });
	}

	test("as it was before the read", async () => {
		const page = open();
		const { device, id, read } = page;
		await read();
		const version = device.version.current();
		await makeActive(page, "Bob");
		device.lastUsed.remember(id("Cy"), version);
		const found = await read();
		expect(found).toMatchObject({ activeId: id("Bob"), lastActive: { version, id: id("Cy") } });
		expect(isNews(initialContext, found)).toBe(true);
	});

	test("and as it was heard meanwhile", async () => {
		const page = open();
		const { device, id, kit, read } = page;
		await read();
		const version = device.version.current();
		await makeActive(page, "Bob");
		const held = kit.hold(list);
		const reading = read();
		const request = await held;
		device.lastUsed.remember(id("Cy"), version);
		request.release();
		expect(await reading).toMatchObject({ activeId: id("Bob"), lastActive: { version, id: id("Cy") } });
	});
});

describe("a page that sleeps while it reads", () => {
	test("looks once more: the answer may be from before", async () => {
		const { id, kit, read } = openDevice();
		const held = kit.hold(list);
		const reading = read();
		const request = await held;
		kit.signIn("Dan");
		sleep({ kit });
		request.release();
		expect((await reading).activeId).toBe(id("Dan"));
		expect(kit.sent.filter((line) => line.endsWith(list))).toHaveLength(2);
	});

	test("and another tab finds somebody else meanwhile, is overtaken by that all the same", async () => {
		const page = openDevice();
		const { device, id, read } = page;
		await read();
		const version = device.version.current();
		const { reading, request } = await lookTwice(page, () => sleep(page));
		await settle();
		device.lastUsed.remember(id("Bob"), version);
		request.release();
		const found = await reading;
		expect(found.activeId).toBe(id("Ada"));
		expect(isNews(initialContext, found)).toBe(true);
	});

	test("looks no third time, by a clock that moves at each", async () => {
		const page = openDevice();
		const { reading, request } = await lookTwice(page, () => sleep(page));
		sleep(page);
		request.release();
		await reading;
		expect(page.kit.sent.filter((line) => line.endsWith(list))).toHaveLength(2);
	});
});
