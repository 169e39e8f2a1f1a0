import { createAuthClient } from "better-auth/client";
import { type DeviceSessions, deviceSessionsClient } from "device-sessions";
import { createTestDevice } from "device-sessions/testing";

const people = ["Ada", "Grace", "Alan"];

function open(accounts: readonly string[], maximumSessions = accounts.length + 5) {
	const device = createTestDevice({
		accounts,
		maximumSessions,
		startsAt: Date.now(),
		createClient: (options) =>
			createAuthClient({ ...options, plugins: [deviceSessionsClient({ rememberEnded: true, maximumSessions })] }),
	});
	const store: DeviceSessions = device.client.deviceSessions;
	return { device, store };
}
type Scene = ReturnType<typeof open>;

const list = "/multi-session/list-device-sessions";
const refuse = () => Response.json({}, { status: 500 });
const idle = ({ store }: Scene): string => store.get().sessions.find(({ active }) => !active)?.id ?? "";

/** What can be looked at on the page of the element: each is a device in memory, and what then happens to it. */
export const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
	async "Three accounts"() {
		return open(people);
	},
	async "First read under way"() {
		const scene = open(people);
		void scene.device.hold(list);
		return scene;
	},
	async "Nobody signed in"() {
		return open([]);
	},
	async "Nobody active"() {
		const scene = open(people);
		scene.device.end("Alan");
		return scene;
	},
	async "Switch under way"() {
		const scene = open(people);
		await scene.store.refetch();
		void scene.device.hold("/multi-session/set-active");
		void scene.store.setActive(idle(scene));
		return scene;
	},
	async "Switch that failed"() {
		const scene = open(people);
		await scene.store.refetch();
		scene.device.disturb("/multi-session/set-active", { refuse });
		await scene.store.setActive(idle(scene));
		return scene;
	},
	async "Read that failed"() {
		const scene = open(people);
		await scene.store.refetch();
		scene.device.disturb(list, { refuse }, 9);
		await scene.store.refetch();
		return scene;
	},
	async Full() {
		return open(people, people.length);
	},
	async "Not listed by the server"() {
		const scene = open(["Ada", "Grace"], 2);
		scene.device.signIn("Alan");
		return scene;
	},
	async "Signed out elsewhere"() {
		const scene = open(people);
		await scene.store.refetch();
		scene.device.end("Grace");
		await scene.store.refetch();
		return scene;
	},
	async "Twenty accounts"() {
		return open(Array.from({ length: 20 }, (_, index) => `Person${index + 1}`));
	},
	async "Names as they are"() {
		const scene = open(["Ada", "Bob", "Cy"]);
		scene.device.change("Ada", { name: "أميرة بنت عبد العزيز" });
		scene.device.change("Bob", { name: "Cy" });
		return scene;
	},
};
