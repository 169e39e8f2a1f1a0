import { describe, expect, test } from "vitest";
import { complaints, explore, replayOf } from "./explore.js";
import { play } from "./play.js";
import { activeIsCookies, brokenRules, rowsAreServers } from "./rules.js";
import type { Scene } from "./scene.js";
import { scenes } from "./scenes.js";

function sceneOf(name: string): Scene {
	const scene = scenes.find((one) => one.name === name);
	if (!scene) throw new Error(`There is no scene ${name}.`);
	return scene;
}

describe.each(scenes.map((scene) => [scene.name, scene] as const))("%s", (_, scene) => {
	const title = scene.expectedFailure
		? `is known to fail within one deviation, and breaks no other rule: ${scene.expectedFailure.why}`
		: `keeps every rule in all runs with one deviation: ${scene.what}`;
	test(title, async () => {
		const { violations } = await explore(scene, 1);
		const logs = violations.map(({ rule, run }) => [rule, replayOf(run), ...run.log].join("\n")).join("\n\n");
		expect(complaints(scene, violations), logs).toEqual([]);
	}, 120_000);
});

test("the same choices are the same run", async () => {
	const scene = sceneOf("two-switches");
	const first = await play(scene, [1, 0, 1]);
	expect(first.choices.slice(0, 3)).toEqual([1, 0, 1]);
	expect(await play(scene, [1, 0, 1])).toEqual(first);
	expect((await play(scene, [])).log).not.toEqual(first.log);
});

test("choices that cannot be made are refused", async () => {
	const scene = sceneOf("two-switches");
	await expect(play(scene, [99])).rejects.toThrow("Choice 99 at step 0: there are 4, deliver lock");
	await expect(play(scene, Array(200).fill(0))).rejects.toThrow(/^200 choices, but all is at rest after \d+\.$/);
});

test("what is put off comes when nothing else can be delivered", async () => {
	const scene: Scene = {
		...sceneOf("two-switches"),
		tabs: 1,
		loses: [],
		act({ actor, command, id }) {
			void actor(0).client.multiSession.listDeviceSessions();
			command("setActive(Ada)", () => actor(0).store.setActive(id("Ada")));
		},
	};
	const requests = async (...choices: number[]) =>
		(await play(scene, choices)).log.flatMap((line) => /(?:deliver|put off) request \S+ [^,]+/.exec(line)?.[0] ?? []);
	const late = "request GET /multi-session/list-device-sessions";
	expect((await requests())[0]).toBe(`deliver ${late}`);
	const [first, ...others] = await requests(3);
	expect([first, others.indexOf(`deliver ${late}`)]).toEqual([`put off ${late}`, others.length - 1]);
	expect(others).toHaveLength(3);
});

describe("a fault that needs one deviation", () => {
	/** The same switches past every store: whose answer comes last has the cookie, and the pages' own rows say another. */
	const planted: Scene = {
		name: "planted",
		what: "a switch past the store ends after one through it",
		device: { accounts: ["Ada", "Bob", "Cy"] },
		tabs: 1,
		act({ actor, command, device, id }) {
			const { client, store } = actor(0);
			const sessionToken = device.sessionsOf("Bob")[0]?.token ?? "";
			void client.multiSession.setActive({ sessionToken, fetchOptions: { disableSignal: true } });
			command("setActive(Ada)", () => store.setActive(id("Ada")));
		},
		check: (stage) => brokenRules(stage).filter((rule) => rule === activeIsCookies),
	};

	test("is not there without one", async () => {
		expect((await explore(planted, 0)).violations).toEqual([]);
	});

	test("is found, and its choices replay it", async () => {
		const { violations } = await explore(planted, 1);
		expect(violations.map(({ rule }) => rule)).toEqual([activeIsCookies]);
		const [found] = violations.map(({ run }) => ({ run, choices: replayOf(run).split(",").map(Number) }));
		expect(found?.choices.filter((choice) => choice > 0)).toHaveLength(1);
		expect(await play(planted, found?.choices)).toEqual(found?.run);
	});
});

describe("a scene that is expected to fail", () => {
	const scene = sceneOf("sign-up-then-switch");

	test("is complained of where it does not", () => {
		expect(complaints(scene, [])).toEqual([`expected to fail, and does not: ${rowsAreServers}`]);
	});

	test("may break no other rule", () => {
		const broken = [{ rule: rowsAreServers }, { rule: activeIsCookies }];
		expect(complaints(scene, broken)).toEqual([`broken: ${activeIsCookies}`]);
	});
});
