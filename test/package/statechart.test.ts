import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createDeviceSessions, deviceSessionsMachine } from "device-sessions";
import { createTestDevice } from "device-sessions/testing";
import { expect, test } from "vitest";
import { createMachine } from "xstate";
import { chartOf, transitionOf } from "../../docs/statechart/chart.js";
import { toMermaid } from "../../docs/statechart/mermaid.js";
import { fill, pages } from "../../docs/statechart/pages.js";
import { root } from "./pack.js";

const read = (page: string) => readFileSync(join(root, page), "utf8");
const chart = chartOf(deviceSessionsMachine);

test.each(pages)("what %s shows of the machine is what `npm run statechart` would write", (page) => {
	expect(read(page)).toContain("<!-- chart: ");
	expect(read(page)).toBe(fill(read(page), deviceSessionsMachine));
});

test.each(pages)("another machine would put %s out of date", (page) => {
	const { states, ...config } = deviceSessionsMachine.config;
	// Safe: the machine's own configuration with one arrow more, which runs nowhere.
	const other = createMachine({ ...config, states: { ...states, idle: { on: { odd: "loading" } } } } as object);
	expect(fill(read(page), other)).not.toBe(read(page));
});

test("a part that is not there is refused", () => {
	expect(() => fill("<!-- chart: odd --><!-- /chart -->", deviceSessionsMachine)).toThrow('no chart part "odd"');
});

/** One word for each transition that a part of a configuration declares. */
function declared(node: object): string[] {
	const { after = {}, always = [], invoke, on = {} }: Record<string, object> = { ...node };
	const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
	const named = (kind: string, group: object) =>
		Object.entries(group).flatMap(([name, value]) => many(value).map(() => `${kind} ${name}`));
	const actors = invoke ? many(invoke) : [];
	return [
		...many(always).map(() => "always"),
		...named("event", on).map((one) => one.replace("event xstate.error.actor.", "error ")),
		...named("after", after),
		// Safe: every invoke of the machine names its actor.
		...(actors as { id: string; onDone?: object; onError?: object }[]).flatMap(({ id, onDone, onError }) => [
			...(onDone ? many(onDone).map(() => `done ${id}`) : []),
			...(onError ? many(onError).map(() => `error ${id}`) : []),
		]),
	].sort();
}

test("every transition that the machine declares is in the chart, `always` and the root's too, and no other", () => {
	const drawn = (state: string | null) =>
		chart.transitions
			.filter(({ from }) => from === state)
			.map(({ on, trigger }) => `${trigger} ${on}`.trim())
			.sort();
	const { initial, on = {}, states = {} } = deviceSessionsMachine.config;
	expect(chart.initial).toBe(initial);
	expect(chart.states.map(({ name }) => name)).toEqual(["idle", "loading", "switching", "revoking"]);
	for (const [name, node] of Object.entries(states)) expect(drawn(name)).toEqual(declared(node));
	expect(drawn(null)).toEqual(declared({ on }));
	expect(drawn("idle").filter((one) => one === "always")).toHaveLength(6);
});

test("an arrow is drawn for every pair of states, with the guard of what is taken at once", () => {
	const lines = toMermaid(chart).split("\n\t");
	expect(lines).toContain("[*] --> idle");
	expect(lines).toContain("idle --> switching: [a switch waits]");
	expect(lines).toContain(
		"loading --> idle: [a command can go]<br>[the read must wait]<br>done readDevice<br>error readDevice",
	);
	const pairs = chart.transitions.filter(({ from, to }) => from && to).map(({ from, to }) => `${from} --> ${to}`);
	const drawn = lines.filter((line) => line.includes(" --> ")).map((line) => line.split(":")[0]);
	expect(drawn).toEqual([...new Set(["[*] --> idle", ...pairs])]);
});

test("a running store takes transitions of the chart alone, each known by its key", async () => {
	expect(new Set(chart.transitions.map(({ key }) => key)).size).toBe(chart.transitions.length);
	const taken = new Set<string>();
	const device = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(device.client, {
		inspect: (event) => {
			if (event.type !== "@xstate.microstep") return;
			for (const definition of event._transitions) taken.add(transitionOf(definition).key);
		},
	});
	const stop = store.subscribe(() => {});
	const { data: rows } = await store.refetch();
	await store.setActive(rows?.find(({ active }) => !active)?.id ?? "");
	await store.signOutOthers();
	stop();
	await store.destroy();
	expect([...taken].filter((key) => !chart.transitions.some((one) => one.key === key))).toEqual([]);
	expect([...taken]).toEqual(
		expect.arrayContaining([
			"idle always aSwitchWaits",
			"loading done readDevice",
			"switching event row.activated",
			"revoking event command.done theSignalIsOwed",
			"* event destroy",
		]),
	);
});
