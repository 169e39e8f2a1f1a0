import { deepStrictEqual } from "node:assert";
import type { Tab } from "./device.js";

const id = ({ store }: Tab, name: string) => store.value?.sessions.find(({ user }) => user.name === name)?.id ?? "";

/** What a store is asked to do, on a page of Ada, Bob, Cy and Dee, one after the other. */
export const commands: readonly [string, (tab: Tab) => Promise<unknown>][] = [
	["a read", ({ store }) => store.refetch()],
	["a switch", (tab) => tab.store.setActive(id(tab, "Ada"))],
	["another account is signed out", (tab) => tab.store.revoke(id(tab, "Dee"))],
	["the active account is signed out", (tab) => tab.store.revoke(id(tab, "Ada"))],
	["the one other is signed out", ({ store }) => store.signOutOthers()],
	["all are signed out", ({ store }) => store.signOutAll()],
];

/** What a store sends for it: load.ts sends the same without one. */
export const requestsOf = {
	"a read": ["GET /get-session", "GET /multi-session/list-device-sessions"],
	"a switch": ["POST /multi-session/set-active", "GET /get-session"],
	"another account is signed out": ["POST /multi-session/revoke", "GET /get-session"],
} as const;

export type Operation = keyof typeof requestsOf;
export const isOperation = (name: string): name is Operation => Object.hasOwn(requestsOf, name);

/** Throws where a store has sent something else. */
export function assertSent(name: string, requests: readonly string[]): void {
	if (!isOperation(name)) return;
	deepStrictEqual([...requests].sort(), [...requestsOf[name]].sort(), `${name} sends other requests`);
}
