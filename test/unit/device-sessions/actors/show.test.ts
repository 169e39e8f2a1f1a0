import { expect, test } from "vitest";
import { afterPage, showActive, showRevoked } from "../../../../src/device-sessions/actors/show.js";
import { createWire } from "../../../../src/device-sessions/wire/wire.js";
import { OperationError } from "../../../../src/errors.js";
import type { IdentityChange } from "../../../../src/index.js";
import { settle } from "../../../../src/testing/index.js";
import { openDevice } from "./open-device.js";

const failure = new OperationError("callback", "onIdentityChange", "It threw.");

test("the state waits for the page", async () => {
	const { events, job, switchInput } = openDevice();
	let tell = (_: null) => {};
	const told = new Promise<null>((resolve) => {
		tell = resolve;
	});
	const over = afterPage(job(switchInput("Bob")), told, { type: "command.done" });
	await settle();
	expect(events).toEqual([]);
	tell(null);
	await over;
	expect(events).toEqual([{ type: "command.done" }]);
});

test("that the page's own function failed is told beside, and the command goes on", async () => {
	const { events, job, switchInput } = openDevice();
	await afterPage(job(switchInput("Bob")), Promise.resolve(failure), { type: "command.done" });
	expect(events).toEqual([{ type: "callback.failed", error: failure }, { type: "command.done" }]);
});

test("a row that was made active shows after the page was told of the other user", async () => {
	const changes: IdentityChange[] = [];
	const page = openDevice({ onIdentityChange: (change) => changes.push(change) });
	const { device, events, id, job, switchInput } = page;
	await page.read();
	const row = device.vault.row(id("Bob"))!;
	await showActive(job(switchInput("Bob")), { row, crossed: [3], left: id("Ada") });
	expect(changes.map(({ from, to, reason }) => [from?.user.name, to?.user.name, reason])).toEqual([
		["Ada", "Bob", "setActive"],
	]);
	expect(events).toEqual([{ type: "row.activated", row, crossed: [3], left: id("Ada") }]);
});

test("a call that has ended while the page was told is not waited for any more", async () => {
	let comeBack = (): void => {};
	const told = new Promise<void>((resolve) => {
		comeBack = resolve;
	});
	const calls = [3, 4].map((id) => ({ id, method: "POST", path: "/update-user", effect: "data" }) as const);
	const page = openDevice({ onIdentityChange: () => told }, {}, { ...createWire(), underWay: () => calls });
	await page.read();
	const row = page.device.vault.row(page.id("Bob"))!;
	const shown = showActive(page.job(page.switchInput("Bob")), { row, crossed: [3, 4] });
	await settle();
	calls.shift();
	comeBack();
	await shown;
	expect(page.events).toMatchObject([{ type: "row.activated", crossed: [4] }]);
});

test("of a row that goes the page is told where it was the active one", async () => {
	const changes: IdentityChange[] = [];
	const page = openDevice({ onIdentityChange: (change) => changes.push(change) });
	await page.read();
	await showRevoked(page.job(page.revokeInput("Bob")), page.id("Bob"));
	expect([changes, page.told()]).toEqual([[], [{ type: "row.revoked", id: page.id("Bob") }]]);
	await showRevoked(page.job(page.revokeInput("Ada")), page.id("Ada"));
	expect(changes).toMatchObject([{ from: { id: page.id("Ada") }, to: null, reason: "revoke" }]);
	expect(page.told()).toEqual([{ type: "row.revoked", id: page.id("Ada") }]);
});
