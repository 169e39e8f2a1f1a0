import { expect, onTestFinished, test, vi } from "vitest";
import { startActor } from "../../../../src/device-sessions/store/actor.js";
import { openDevice } from "../actors/open-device.js";

function start() {
	const page = openDevice();
	const actor = startActor(page.device, undefined);
	onTestFinished(() => void actor.stop());
	const carried = () => actor.send({ type: "version.carried", at: 0, from: null, to: page.device.version.current() });
	return { actor, carried, active: () => page.device.lastUsed.active()?.id, id: page.id, page };
}

test("whom a read has found active is remembered, for the other tabs", async () => {
	const { active, actor, carried, id } = start();
	actor.send({ type: "wake", at: 0, version: "" });
	await vi.waitUntil(() => actor.getSnapshot().context.reading !== null);
	carried();
	expect(active()).toBe(id("Ada"));
});

test("who was active before a switch whose answer was lost is not: it may have come about", async () => {
	const { active, actor, carried, id, page } = start();
	actor.send({ type: "wake", at: 0, version: "" });
	await vi.waitUntil(() => actor.getSnapshot().context.reading !== null);
	carried();
	expect(active()).toBe(id("Ada"));
	page.kit.disturb("/multi-session/set-active", { lose: "body" });
	const { clock, lastUsed, version } = page.device;
	const remembered = new Set<boolean>();
	actor.subscribe(({ context: { command } }) => {
		if (command?.done) remembered.add(lastUsed.active()?.version === version.current());
	});
	const asked = { ticket: 1, batch: 1, version: version.current(), at: clock.monotonic() };
	actor.send({ type: "command.switch", id: id("Bob"), leaveUnlisted: false, ...asked });
	await vi.waitUntil(() => active() === id("Bob"));
	expect([...remembered]).toEqual([false]);
});

test("whom a server has rendered as active is not: by now it may be somebody else", () => {
	const { active, actor, carried, id } = start();
	const times = { createdAt: new Date(0), updatedAt: new Date(0), expiresAt: new Date(1) };
	const user = { id: "user", name: "Bob", email: "bob@example.com", emailVerified: true, ...times };
	const session = { id: id("Bob"), userId: user.id, ...times };
	actor.send({
		type: "hydrate",
		rows: [{ id: session.id, session, user, listed: true }],
		activeId: session.id,
		error: null,
	});
	expect(actor.getSnapshot().context.rows).toHaveLength(1);
	carried();
	expect(active()).toBeUndefined();
});
