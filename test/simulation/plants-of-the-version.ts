import type { DeviceSessionsEvent } from "../../src/device-sessions/events.js";
import type { Page } from "../../src/device-sessions/page/environment.js";
import { namesOf } from "../../src/device-sessions/tabs/names.js";
import type { DeviceSessions } from "../../src/index.js";
import type { Plant } from "./device.js";
import { lagging, type Storage, withChannel, withStorage } from "./plants-of-the-page.js";

const key = namesOf("http://localhost:3000/api/auth")("version");
const isVersion = (name: string) => name.endsWith(":version");
const isOver = (version: string) => version.endsWith("!");

/** Neither the storage nor a message tells of versions like these. */
const untold = (page: Page, isUntold: (version: string) => boolean): Page =>
	withChannel(
		withStorage(page, ({ setItem }) => ({
			setItem: (name, text) => (isVersion(name) && isUntold(text) ? undefined : setItem(name, text)),
		})),
		(channel) => {
			const post = channel.postMessage.bind(channel);
			channel.postMessage = (message) => {
				if (!isUntold((message as { version: string }).version)) post(message);
			};
		},
	);

/** What the machine of a store is told, changed; undefined is never told. */
function onEvents(
	{ actor }: DeviceSessions,
	change: (event: DeviceSessionsEvent, on: DeviceSessions["actor"]) => DeviceSessionsEvent | undefined,
): void {
	// Safe: XState's own way into an actor, for what its children send as well.
	const { _send: send } = actor as unknown as { _send(event: DeviceSessionsEvent): void };
	Object.assign(actor, {
		_send(event: DeviceSessionsEvent) {
			const changed = change(event, actor);
			if (changed) send.call(actor, changed);
		},
	});
}

/** Faults in what is known of the device: its version, the calls of the app's, the readings. */
export const plantsOfTheVersion: Record<string, Plant> = {
	// What begins a change has come when the storage is late with what ends it.
	"the version is not written at the begin": {
		needsPlugin: true,
		seed: 714,
		page: (page, clock) => untold(lagging(page, clock), (version) => !isOver(version)),
	},
	"the version is not written at the end": {
		needsPlugin: true,
		seed: 7,
		page: (page) => untold(page, isOver),
	},
	"the version is not in the message": {
		page: (page, clock) =>
			withChannel(lagging(page, clock), (channel) => {
				const post = channel.postMessage.bind(channel);
				channel.postMessage = (message) => post({ ...Object(message), version: "" });
			}),
	},
	"a look moves the version": lookMoves(),
	"the end of a call is not seen": {
		needsPlugin: true,
		store: (store) => onEvents(store, (event) => (event.type === "call.ended" ? undefined : event)),
	},
	"a late call is not waited for": {
		needsPlugin: true,
		seed: 7688,
		store: (store) => onEvents(store, (event) => (event.type === "row.activated" ? { ...event, crossed: [] } : event)),
	},
	"a reading is carried over a change of the app's": {
		needsPlugin: true,
		seed: 634,
		store: (store) =>
			onEvents(store, (event, actor) => {
				if (event.type !== "call.ended" || !event.version) return event;
				const { reading } = actor.getSnapshot().context;
				actor.send({ type: "version.carried", at: event.at, from: reading?.version ?? null, to: event.version });
				return { ...event, version: undefined };
			}),
	},
};

function lookMoves(): Plant {
	let storage: Storage | undefined;
	let count = 0;
	return {
		needsPlugin: true,
		page(page) {
			storage = page.localStorage;
			return page;
		},
		store: (store) =>
			onEvents(store, (event, actor) => {
				if (event.type !== "call.ended") return event;
				const call = actor.getSnapshot().context.calls.find(({ id }) => id === event.id);
				if (call?.effect !== "look") return event;
				count += 1;
				const version = `look.${count}!`;
				storage?.setItem(key, version);
				return { ...event, version };
			}),
	};
}
