import { createDeviceSessions, type DeviceSessionsOptions, toDeviceSessions } from "device-sessions";
import { redact } from "device-sessions/inspect";
import { createTestDevice, settle } from "device-sessions/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { createActor, fromPromise, type InspectionEvent, setup } from "xstate";

/** Everything that can be reached from a value, as text; what an actor answers when it is asked, too. */
function everything(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value === "string") return value;
	if (typeof value !== "object" || value === null || seen.has(value)) return "";
	seen.add(value);
	const inner = Reflect.ownKeys(value).map((key) => `${String(key)}=${everything(Reflect.get(value, key), seen)}`);
	return [...inner, everything(ask(value), seen)].join("\n");
}

/** What an actor answers; one that is being made throws. */
function ask(actor: object): unknown {
	try {
		return "getSnapshot" in actor && typeof actor.getSnapshot === "function" ? actor.getSnapshot() : null;
	} catch {
		return null;
	}
}

/** What people would not want to be seen; nothing of it is a part of anything else. */
const personal = {
	name: "Adamantia",
	other: "Bonifatius",
	email: "adamantia@example.com",
	domain: "@example.com",
	ip: "203.0.113.77",
	agent: "Lynx/2.9",
	image: "https://pictures.example/portrait",
	phone: "+1 555 0100",
	said: "is on holiday",
	hint: "id_token_hint",
};

/** A store that goes through everything it can, with people whose data is worth hiding. */
async function runStore(inspect: NonNullable<DeviceSessionsOptions["inspect"]>) {
	const device = createTestDevice({ accounts: [personal.name, personal.other, "Cyrillus", "Demetrius"] });
	device.change(personal.name, { image: personal.image, phone: personal.phone });
	for (const session of device.sessionsOf(personal.name))
		Object.assign(session, { ipAddress: personal.ip, userAgent: personal.agent, place: personal.phone });
	const tokens = device.sessions().map(({ token }) => token);
	const list = await device.client.multiSession.listDeviceSessions();
	const store = createDeviceSessions(device.client, {
		inspect,
		initial: toDeviceSessions(list.data ?? [], list.data?.find(({ user }) => user.name === "Demetrius") ?? null),
		onIdentityChange: () => {
			throw new Error(`${personal.name} ${personal.said}`);
		},
	});
	const stop = store.subscribe(() => {});
	await settle();
	const { data: rows = [] } = await store.refetch();
	const row = (name: string) => rows?.find(({ user }) => user.name === name)?.id ?? "";
	const ids = rows?.map(({ id }) => id) ?? [];
	await store.setActive(row(personal.name));
	await store.setActive(personal.email);
	device.disturb("/multi-session/set-active", {
		refuse: () => Response.json({ code: "ODD", message: `${personal.name} ${personal.said}` }, { status: 400 }),
	});
	await store.setActive(row(personal.other));
	device.disturb("/multi-session/revoke", { lose: "answer" });
	await store.revoke(row("Cyrillus"));
	device.disturb("/multi-session/list-device-sessions", { answer: () => Response.json([{ user: personal }]) });
	await store.refetch();
	await store.signOutOthers();
	device.disturb("/sign-out", {
		answer: () => Response.json({ success: true, url: `https://idp.example/out?${personal.hint}=x` }),
	});
	await store.signOutAll();
	stop();
	await store.destroy();
	return { tokens, ids };
}

/** Listens, and keeps all that could be seen. */
function recorder() {
	const events: InspectionEvent[] = [];
	const texts: string[] = [];
	return {
		events,
		listen: (event: InspectionEvent) => {
			events.push(event);
			texts.push(everything(event));
		},
		// An inspector may ask an actor later, too, when it has time.
		text: () => [...texts, ...events.map(({ actorRef }) => everything(actorRef))].join("\n"),
	};
}

/** One and the same run, with the wrapper and without. */
const redacted = recorder();
const plain = recorder();
let tokens: readonly string[];
let ids: readonly string[];
beforeAll(async () => {
	const listen = redact(redacted.listen);
	({ tokens, ids } = await runStore((event) => {
		plain.listen(event);
		listen(event);
	}));
});

describe("redact", () => {
	test("nothing of a person is left, behind any door that an inspector could open; without it, all of it is", () => {
		const found = (text: string) => Object.values(personal).filter((secret) => text.includes(secret));
		expect(found(plain.text())).toEqual(Object.values(personal));
		expect(found(redacted.text())).toEqual([]);
	});

	test("no token is there, with it or without", () => {
		expect(tokens).toHaveLength(4);
		for (const text of [redacted.text(), plain.text()])
			for (const token of tokens) expect(text.includes(token)).toBe(false);
	});

	test("states, events, row ids and error kinds can be read, and no inspection is left out", () => {
		const { events } = redacted;
		const text = redacted.text();
		expect(events.map(({ type }) => type)).toEqual(plain.events.map(({ type }) => type));
		const values = events.map((event) => ("snapshot" in event ? Reflect.get(event.snapshot, "value") : undefined));
		expect(new Set(values)).toEqual(new Set(["idle", "loading", "switching", "revoking", undefined]));
		const names = events.map((event) => ("event" in event ? event.event.type : ""));
		expect(names).toEqual(
			expect.arrayContaining(["hydrate", "wake", "command.switch", "row.activated", "xstate.done.actor.readDevice"]),
		);
		expect(ids).toHaveLength(4);
		for (const id of ids) expect(text).toContain(id);
		expect(text).toContain("kind=rejected");
		expect(text).toContain("kind=callback");
	});

	test("a snapshot shows rows as ids and flags, and a command as it stands in the queue", async () => {
		const seen: object[] = [];
		const { ids } = await runStore(
			redact((event) => {
				if (event.type === "@xstate.snapshot" && event.event.type === "command.switch") seen.push(event.snapshot);
			}),
		);
		expect(seen[0]).toMatchObject({
			status: "active",
			value: "switching",
			context: {
				rows: ids.map((id, index) => ({ id, active: index === 3, listed: true })),
				command: { type: "switch", id: ids[0], tries: 0 },
				readError: null,
				online: true,
			},
		});
	});

	test("that a command waits for another tab's lock is shown, and that it has come", async () => {
		const device = createTestDevice({ accounts: ["Ada", "Bob", "Cyrillus"] });
		const seen: object[] = [];
		const inspect = redact((event) => {
			if (event.type === "@xstate.snapshot") seen.push(event.snapshot);
		});
		const [store, other] = [
			createDeviceSessions(device.client, { inspect }),
			createDeviceSessions(device.openTab().client),
		];
		const [ada = "", bob = ""] = (await store.refetch()).data?.map(({ id }) => id) ?? [];
		const held = device.hold("/multi-session/revoke");
		await other.refetch();
		const commands = [other.revoke(bob), store.setActive(ada)];
		const { release } = await held;
		await settle();
		expect(seen.at(-1)).toMatchObject({ value: "switching", context: { command: { version: null } } });
		release();
		await Promise.all(commands);
		expect(seen).toContainEqual(
			expect.objectContaining({
				value: "switching",
				context: expect.objectContaining({ command: expect.objectContaining({ version: expect.any(String) }) }),
			}),
		);
		await Promise.all([store.destroy(), other.destroy()]);
	});

	test("an id that is no row's is not shown: an app may have passed anything", () => {
		const asked = redacted.events.filter(
			(event) => event.type === "@xstate.event" && event.event.type === "command.switch",
		);
		expect(asked.map((event) => "event" in event && event.event["id"])).toContain("unknown");
	});

	test("the definition has the states and no context, and one actor is one object", () => {
		// Safe: how Stately's inspector asks for a definition.
		const roots = redacted.events
			.map(({ actorRef }) => actorRef as { logic?: { config: object } })
			.filter(({ logic }) => logic);
		expect(new Set(roots).size).toBe(1);
		const config = roots[0]?.logic?.config ?? {};
		expect(Object.keys(config)).not.toContain("context");
		expect(config).toMatchObject({ id: "deviceSessions", initial: "idle", states: { idle: {}, revoking: {} } });
	});

	test("an inspector can watch and cannot act", async () => {
		const device = createTestDevice({ accounts: ["Ada"] });
		let root: InspectionEvent["actorRef"] | undefined;
		const store = createDeviceSessions(device.client, { inspect: redact(({ actorRef }) => (root ??= actorRef)) });
		root?.send({ type: "destroy" });
		expect((await store.refetch()).error).toBeNull();
		await store.destroy();
	});

	test("of another machine that shares the inspector, only its states and the types of its events are shown", async () => {
		const events: InspectionEvent[] = [];
		const machine = setup({
			types: { context: {} as { owner: string }, events: {} as { type: "greet"; whom: string } },
			actors: { load: fromPromise<string, string>(async ({ input }) => `${input}!`) },
		}).createMachine({
			id: personal.name,
			context: { owner: personal.email },
			invoke: { id: personal.email, src: "load", input: personal.phone },
			on: { greet: {} },
		});
		const actor = createActor(machine, { inspect: redact((event) => events.push(event)) }).start();
		actor.send({ type: "greet", whom: personal.name });
		await Promise.resolve();
		const text = everything(events);
		for (const secret of Object.values(personal)) expect(text).not.toContain(secret);
		expect(text).toContain("greet");
		actor.stop();
	});

	test("listens for a function, for an observer, and for nobody on a server", async () => {
		const heard: string[] = [];
		const observer = {
			heard,
			next({ type }: InspectionEvent) {
				this.heard.push(type);
			},
		};
		await runStore(redact(observer));
		expect(heard.length).toBeGreaterThan(100);
		await runStore(redact(undefined));
	});

	test.each([[{ inspect: () => {} }], ["inspect"], [null]])("refuses %j, which is no listener", (odd) => {
		expect(() => redact(odd as never)).toThrow(expect.objectContaining({ kind: "invalid-input", operation: "redact" }));
	});
});
