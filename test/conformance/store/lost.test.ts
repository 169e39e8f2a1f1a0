import { describe, expect, test } from "vitest";
import { openDevice, until } from "../../support/open-store.js";

describe("an active session that ended elsewhere", () => {
	const dead = async (...people: string[]) => {
		const device = await openDevice(people);
		device.server.end(device.row(people.at(-1) ?? "").id);
		await device.store.refetch();
		return device;
	};

	test("is no error: nobody is active and the other rows stay", async () => {
		const { store, names } = await dead("Ada", "Bob", "Cy");
		expect(store.value).toMatchObject({ active: null, error: null, isPending: false });
		expect(names()).toEqual(["Ada", "Bob"]);
	});

	test("is seen through useSession's own read, too", async () => {
		const { server, client, store, row } = await openDevice(["Ada", "Bob"]);
		server.end(row("Bob").id);
		await client.useSession.get().refetch();
		const state = await until(store, ({ active, sessions }) => active === null && sessions.length === 1);
		expect(state.error).toBeNull();
	});

	test("can be switched away from", async () => {
		const { store, row } = await dead("Ada", "Bob");
		expect((await store.setActive(row("Ada").id)).data?.active).toBe(true);
	});

	test("does not keep another account from being signed out: a survivor is made active first", async () => {
		const { store, row, names } = await dead("Ada", "Bob", "Cy");
		const { data } = await store.revoke(row("Ada").id);
		expect(data?.active?.user.name).toBe("Bob");
		expect(names()).toEqual(["Bob"]);
	});

	test("does not keep the last account from being signed out, and nobody sees that one active", async () => {
		const { server, store, row, states } = await dead("Ada", "Bob");
		states.length = 0;
		const { data } = await store.revoke(row("Ada").id);
		expect(data?.active).toBeNull();
		expect(states.every(({ active }) => active === null)).toBe(true);
		expect(server.sessions()).toEqual([]);
	});
});

describe("an active account beyond the limit", () => {
	const crowded = () => openDevice(["Ada", "Bob", "Cy"], { maximumSessions: 2 });

	test("shows as active and not listed", async () => {
		const { store, row, names } = await crowded();
		expect(names()).toEqual(["Ada", "Bob", "Cy"]);
		expect(row("Cy")).toMatchObject({ active: true, listed: false });
		expect(row("Ada").listed).toBe(true);
		expect(store.value?.active).toBe(row("Cy"));
	});

	test("is not lost by a switch: that one looks once more and is refused", async () => {
		const { browser, store, row } = await crowded();
		expect((await store.setActive(row("Ada").id)).error?.kind).toBe("active-unlisted");
		expect(browser.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
		expect(row("Cy").active).toBe(true);
	});

	test("is signed out before the switch where that is asked for, so that no session stays behind", async () => {
		const { server, store, row, names } = await crowded();
		const { id } = row("Cy");
		const { data } = await store.setActive(row("Ada").id, { leaveUnlisted: true });
		expect(data?.user.name).toBe("Ada");
		expect(names()).toEqual(["Ada", "Bob"]);
		expect(server.sessions().map((session) => session["id"])).not.toContain(id);
	});

	test("is signed out while it is still active, then the survivor is activated", async () => {
		const { browser, server, store, row, names } = await crowded();
		const { id } = row("Cy");
		const { data } = await store.revoke(id, { next: row("Bob").id });
		expect(data).toMatchObject({ revoked: id, active: { user: { name: "Bob" } } });
		expect(names()).toEqual(["Ada", "Bob"]);
		expect(server.sessions().map((session) => session["id"])).not.toContain(id);
		expect(browser.requests.filter((request) => request.startsWith("POST"))).toEqual([
			"POST /revoke-session",
			"POST /multi-session/set-active",
		]);
	});

	test("stays when the others are signed out, and goes with all", async () => {
		const { server, store, row } = await crowded();
		await store.signOutOthers();
		expect(store.value?.sessions).toEqual([row("Cy")]);
		await store.signOutAll();
		expect(server.sessions()).toEqual([]);
	});
});
