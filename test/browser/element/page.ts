import { createAuthClient } from "better-auth/client";
import type { OperationErrorKind } from "device-sessions";
import { type DeviceSessions, type DeviceSessionsState, deviceSessionsClient, OperationError } from "device-sessions";
import { AccountSwitcher, defineAccountSwitcher } from "device-sessions/element";
import { createTestDevice } from "device-sessions/testing";
import { atom } from "nanostores";
import ar from "../../../src/connect/messages/ar.json" with { type: "json" };
import { holdOne } from "../hold-one.js";

const query = new URLSearchParams(location.search);
const given = query.get("names");
const names = given
	? given.split(",")
	: given === null
		? Array.from({ length: Number(query.get("accounts") ?? 3) }, (_, index) => `Person${index + 1}`)
		: [];
const maximumSessions = Number(query.get("limit") ?? names.length + 5);

/** A device in memory with the element on the page: what the tests reach for, as `harness`. */
function start() {
	const device = createTestDevice({
		accounts: names,
		maximumSessions,
		createClient: (options) =>
			createAuthClient({
				...options,
				plugins: [deviceSessionsClient({ rememberEnded: true, ...(query.has("limit") && { maximumSessions }) })],
			}),
	});
	const store: DeviceSessions = device.client.deviceSessions;
	const events: { readonly type: string; readonly detail: unknown; readonly id: string }[] = [];
	const types = "select add sign-out reauthenticate switched signed-out changed error".split(" ");
	let prevented: string[] = [];
	for (const type of types) {
		document.addEventListener(`account-${type}`, (event) => {
			if (!(event instanceof CustomEvent) || !(event.target instanceof Element)) return;
			events.push({ type: event.type, detail: brief(event.detail), id: event.target.id });
			if (prevented.includes(event.type)) event.preventDefault();
		});
	}

	return {
		device,
		store,
		events,
		ar,
		AccountSwitcher,
		defineAccountSwitcher,
		/** One more element; its attributes are given as in markup. */
		mount(attributes: Readonly<Record<string, string>> = {}, parent: Element | ShadowRoot | null = null) {
			const element = document.createElement("account-switcher");
			for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
			if (element instanceof AccountSwitcher) element.store = store;
			(parent ?? document.querySelector("main") ?? document.body).append(element);
			return element;
		},
		prevent(...these: string[]): void {
			prevented = these;
		},
		...holdOne(device),
		refuse(path: string, status = 500): void {
			device.disturb(path, { refuse: () => Response.json({}, { status }) });
		},
		/** A store that stands still in a state, for what a device gets into seldom; its commands return an error of that kind. */
		still(
			change: Partial<DeviceSessionsState> = {},
			kind?: OperationErrorKind,
			operation = "setActive",
		): DeviceSessions {
			const error = kind ? new OperationError(kind, operation, "For developers.") : null;
			const calls: unknown[] = [];
			const command =
				(name: string) =>
				async (...args: unknown[]) => {
					calls.push([name, ...args]);
					return { data: null, error: new OperationError(kind ?? "aborted", name, "Still.") };
				};
			const commands = ["refetch", "setActive", "revoke", "signOutAll", "cancelSignIn", "forget"];
			// Safe: an element reads the state and calls commands, and does nothing else with a store.
			return Object.assign(
				atom({ ...store.get(), error, ...change }),
				Object.fromEntries(commands.map((name) => [name, command(name)])),
				{ calls },
			) as unknown as DeviceSessions;
		},
		/** What an element that has gone must not leave behind. */
		listeners: () => store.lc,
	};
}

/** What of an event's detail goes over to the test: names in the place of accounts. */
function brief(value: unknown): unknown {
	if (value instanceof OperationError) return value.kind;
	if (Array.isArray(value)) return value.map(brief);
	if (!value || typeof value !== "object") return value;
	if ("user" in value) return brief(value.user);
	if ("email" in value && "name" in value) return value.name;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, brief(one)]));
}

const harness = start();
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
if (!query.has("late")) defineAccountSwitcher();
document.documentElement.dataset["ready"] = "yes";
