import { onTestFinished } from "vitest";
import { createDevice, type DeviceSettings } from "../../../../src/device-sessions/actors/device.js";
import type { Job } from "../../../../src/device-sessions/actors/job.js";
import { readDevice } from "../../../../src/device-sessions/actors/read-device.js";
import type {
	DeviceSessionsEvent,
	JobInput,
	ReadInput,
	RevokeOneInput,
	SwitchInput,
} from "../../../../src/device-sessions/events.js";
import { toClock } from "../../../../src/device-sessions/page/clock.js";
import { clockOf } from "../../../../src/device-sessions/page/environment.js";
import type { Wire } from "../../../../src/device-sessions/wire/wire.js";
import { createTestDevice, type TestDeviceOptions } from "../../../../src/testing/index.js";

export const readInput: ReadInput = {
	freshness: "fresh",
	reason: "external",
	attempt: 0,
	first: true,
	unless: [],
	known: "",
};

/** A device of the testing kit as the service actors see it: Ada is active, Bob and Cy are signed in as well. */
export function openDevice(settings: Partial<DeviceSettings> = {}, options: TestDeviceOptions = {}, wire?: Wire) {
	const kit = createTestDevice({ accounts: ["Bob", "Cy", "Ada"], ...options });
	const device = createDevice(kit.client, toClock(clockOf(kit.client)), { timeout: 10_000, ...settings }, wire);
	const controller = new AbortController();
	const events: DeviceSessionsEvent[] = [];
	const locked: DeviceSessionsEvent[] = [];
	onTestFinished(() => {
		device.close();
		device.atom.release();
	});
	const id = (name: string): string => kit.sessionsOf(name)[0]?.id ?? "";
	const base = {
		reason: "setActive",
		version: null,
		again: false,
		insists: false,
		asked: null,
		unlisted: false,
	} as const;
	return {
		kit,
		device,
		events,
		/** That the lock has come, each time. */
		locked,
		id,
		/** What the machine has been told since. */
		told: () => events.splice(0),
		stop: (reason?: unknown) => controller.abort(reason),
		signal: controller.signal,
		/** What was sent since, without reads. */
		sent: () => kit.sent.filter((line) => line.startsWith("POST")),
		read: (more: Partial<ReadInput> = {}) => readDevice(device, { ...readInput, ...more }, controller.signal),
		job: <Input extends JobInput>(input: Input): Job<Input> => ({
			...device,
			input,
			stop: controller.signal,
			sendBack: (event) => void (event.type === "command.locked" ? locked : events).push(event),
		}),
		switchInput: (name: string, more: Partial<SwitchInput> = {}): SwitchInput => ({
			...base,
			operation: "setActive",
			active: id("Ada"),
			id: id(name),
			...more,
		}),
		revokeInput: (name: string, more: Partial<RevokeOneInput> = {}): RevokeOneInput => ({
			...base,
			operation: "revoke",
			reason: "revoke",
			active: id("Ada"),
			scope: "one",
			id: id(name),
			survivors: [id("Bob"), id("Cy"), id("Ada")].filter((other) => other !== id(name)),
			chosen: false,
			...more,
		}),
	};
}
