import { describe, expect, test } from "vitest";
import { complaints, explore, replayOf } from "./explore.js";
import { play } from "./play.js";
import { activeIsCookies, brokenRules, pagesAgree, rowsAreServers, sessionIsCookies, toldInOrder } from "./rules.js";
import type { Scene } from "./scene.js";
import { scenes } from "./scenes.js";

function sceneOf(name: string): Scene {
	const scene = scenes.find((one) => one.name === name);
	if (!scene) throw new Error(`There is no scene ${name}.`);
	return scene;
}

/** The shortest. All scenes: `npm run explore -- --deviations 2`. */
const shortest = [
	"setActive-with-refetch-plain",
	"setActive-with-revokeActive-plain",
	"setActive-while-an-answer-is-lost",
	"setActive-while-the-active-session-ends",
	"setActive-beside-get-session",
	"revokeActive-while-a-request-is-lost",
	"revokeActive-with-signOutAll",
	"signOutAll-while-its-tab-closes",
];

test.each(shortest)(
	"%s keeps every rule in all runs with two deviations",
	async (name) => {
		const scene = sceneOf(name);
		const { violations } = await explore(scene, 2);
		const logs = violations.map(({ rule, run }) => [rule, replayOf(run), ...run.log, ...run.ending].join("\n"));
		expect(complaints(scene, violations), logs.join("\n\n")).toEqual([]);
	},
	120_000,
);

test.each(scenes.filter(({ expectedFailure }) => expectedFailure).map((scene) => [scene.name, scene] as const))(
	"%s is known to fail within one deviation, and breaks no other rule",
	async (_, scene) => {
		expect(complaints(scene, (await explore(scene, 1)).violations)).toEqual([]);
	},
	120_000,
);

test("every scene has a name of its own, and holds every rule where nobody interferes, but for what is known to fail", async () => {
	expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length);
	const broken: string[] = [];
	for (const scene of scenes) {
		const { violations } = await explore(scene, 0);
		for (const complaint of complaints(scene, violations)) broken.push(`${scene.name}: ${complaint}`);
	}
	expect(broken).toEqual([]);
}, 120_000);

describe("runs that are cut off where the state is known", () => {
	test.each([
		"setActive-with-revokeActive",
		"revokeAnother-with-refetch-elsewhere-plain",
		"setActive-while-its-tab-closes-plain",
	])(
		"%s comes to the same ends as without",
		async (name) => {
			const scene = sceneOf(name);
			const [cut, uncut] = [await explore(scene, 1), await explore(scene, 1, { cutsOff: false })];
			expect(cut.cut).toBeGreaterThan(0);
			expect([...cut.endings].sort()).toEqual([...uncut.endings].sort());
		},
		120_000,
	);
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
			command(0, "setActive(Ada)", ({ store }) => store.setActive(id("Ada")));
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

describe("what a scene has in store", () => {
	const happenings = (log: readonly string[]) =>
		log.flatMap((line) => /tab 0 (?:is closed|is frozen|goes on)|\w+'s session ends elsewhere/.exec(line)?.[0] ?? []);

	test.each([
		["setActive-while-its-tab-freezes", ["tab 0 is frozen", "tab 0 goes on"]],
		["setActive-while-its-tab-closes", ["tab 0 is closed"]],
		["setActive-while-another-session-ends", ["Ada's session ends elsewhere"]],
	])("happens once in %s, where it is chosen", async (name, what) => {
		const scene = sceneOf(name);
		const { log, widths } = await play(scene);
		expect(happenings(log)).toEqual([]);
		const last = (widths[0] ?? 0) - 1;
		expect(happenings((await play(scene, [last])).log)).toEqual(what);
	});
});

describe("a fault that needs one deviation", () => {
	/** The same switches past every store: whose answer comes last has the cookie, and the pages' own rows say another. */
	const planted: Scene = {
		name: "planted",
		what: "a switch past the store ends after one through it",
		device: { accounts: ["Ada", "Bob", "Cy"] },
		tabs: 1,
		act({ actor, command, device, id }) {
			const sessionToken = device.sessionsOf("Bob")[0]?.token ?? "";
			void actor(0).client.multiSession.setActive({ sessionToken, fetchOptions: { disableSignal: true } });
			command(0, "setActive(Ada)", ({ store }) => store.setActive(id("Ada")));
		},
		check: (stage) => brokenRules(stage).filter((rule) => rule === activeIsCookies),
	};

	test("is not there without one", async () => {
		expect((await explore(planted, 0)).violations).toEqual([]);
	});

	test.each([
		["cut off where the state is known", true],
		["to their end", false],
	])("is found by runs %s, and its choices replay it", async (_, cutsOff) => {
		const { violations } = await explore(planted, 1, { cutsOff });
		expect(violations.map(({ rule }) => rule)).toEqual([activeIsCookies]);
		const [found] = violations.map(({ run }) => ({ run, choices: replayOf(run).split(",").map(Number) }));
		expect(found?.choices.filter((choice) => choice > 0)).toHaveLength(1);
		expect(await play(planted, found?.choices)).toEqual(found?.run);
	});
});

describe("a fault that needs two deviations", () => {
	/** Both messages of a switch are lost, and the other page goes on showing who was there before. */
	const planted: Scene = {
		name: "planted",
		what: "a page switches, and what it tells the other one may be lost",
		device: { accounts: ["Ada", "Bob", "Cy"] },
		tabs: 2,
		loses: ["message"],
		act: ({ command, id }) => command(0, "setActive(Ada)", ({ store }) => store.setActive(id("Ada"))),
		check: brokenRules,
	};

	test("is not there with one", async () => {
		expect((await explore(planted, 1)).violations).toEqual([]);
	}, 60_000);

	test("is found by runs that are cut off as by those that are not", async () => {
		const rulesOf = async (cutsOff: boolean) => {
			const { cut, violations } = await explore(planted, 2, { cutsOff });
			return { isCut: cut > 0, rules: violations.map(({ rule }) => rule).sort() };
		};
		const rules = [activeIsCookies, pagesAgree, sessionIsCookies, toldInOrder].sort();
		expect(await rulesOf(true)).toEqual({ isCut: true, rules });
		expect(await rulesOf(false)).toEqual({ isCut: false, rules });
	}, 120_000);

	test("is found where the page never speaks", async () => {
		class Mute {
			onmessage = null;
			postMessage(): void {}
			close(): void {}
		}
		const { violations } = await explore({ ...planted, plant: (page) => ({ ...page, BroadcastChannel: Mute }) }, 0);
		expect(violations.map(({ rule }) => rule)).toContain(activeIsCookies);
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
