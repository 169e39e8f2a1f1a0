import type { DeviceSessionsEvent } from "../../../../src/device-sessions/events.js";
import * as on from "./events.js";
import { type Moment, type PlayedEvent, play, proceed } from "./play.js";
import { known } from "./situations.js";

const thrown = new Error("a fault");

/** Accounts `a` (active), `b` and `c`, read at 1000 ms while somebody looks; `empty`: nothing known, nobody looks. */
export const states = {
	empty: play(),
	idle: known(),
	loading: proceed(known(), on.refetch(1)),
	"loading by itself": proceed(known(), on.focused()),
	"a read waits": proceed(known(), on.moving("v2")),
	offline: proceed(known(), on.offline),
	"backing off": proceed(known(), on.focused(), on.notYetRead()),
	"rate-limited": proceed(known(), on.focused(), on.notYetRead("rate-limited")),
	switching: proceed(known(), on.setActive("b", 1)),
	"switching, refused": proceed(known(), on.setActive("b", 1), on.commandFailed("rejected")),
	"switching, unsure": proceed(known(), on.setActive("b", 1), on.commandFailed("network", { unsure: true })),
	revoking: proceed(known(), on.revoke("c", 1)),
	"revoking all": proceed(known(), on.signOutAll(1)),
	"revoking, revoked": proceed(known(), on.revoke("c", 1), on.revoked("c")),
	"revoking, refused": proceed(known(), on.revoke("c", 1), on.rowFailed("c", "rejected")),
	"revoking, unsure": proceed(known(), on.revoke("c", 1), on.rowFailed("c", "network", { unsure: true })),
} satisfies Record<string, Moment>;

export const events = {
	"wake at once": on.wake(1500),
	"wake later": on.wake(120_000),
	sleep: on.sleep,
	destroy: on.destroy,
	refetch: on.refetch(9),
	"setActive a": on.setActive("a", 9),
	"setActive a, just read": on.setActive("a", 9, { at: 1999 }),
	"setActive b": on.setActive("b", 9),
	"setActive c": on.setActive("c", 9),
	"setActive ?": on.setActive("?", 9),
	"revoke a": on.revoke("a", 9),
	"revoke c": on.revoke("c", 9),
	"revoke ?": on.revoke("?", 9),
	signOutOthers: on.signOutOthers(9),
	signOutAll: on.signOutAll(9),
	"malformed command": on.malformed(9),
	"a is seen": on.seen("a"),
	"b is seen": on.seen("b"),
	"c is seen": on.seen("c"),
	"nobody is seen": on.seen(null),
	"somebody unknown is seen": on.unknownSeen(),
	"other data of the same account is seen": on.changeSeen(),
	"the look failed": on.lookFailed(),
	"a cookie may be late": on.lateCookie,
	"b activated": on.activated("b"),
	"c revoked": on.revoked("c"),
	"c failed": on.rowFailed("c", "server"),
	"c unsure": on.rowFailed("c", "network", { unsure: true }),
	"the command failed": on.commandFailed("server"),
	"the command is unsure": on.commandFailed("network", { unsure: true }),
	"command done": on.commandDone,
	"device signed out": on.signedOut(),
	"the lock comes": on.locked(),
	"another tab was at it": on.stale(),
	"another tab speaks": on.moved("v2", 120_000),
	"another tab is at it": on.moving("v2", 120_000),
	"somebody was away": on.doubted(),
	"a change begins": on.began(5, "change", "v2"),
	"a change ends": on.ended(5, { version: "v3", at: 120_000 }),
	"a sign-in is over": on.signInOver("v2", 120_000),
	"somebody is forgotten": on.forgotten([]),
	"a call takes too long": on.overdue(5),
	"the version moves along": on.carried("v1", "v2"),
	"the version moves past us": on.carried(null, "v2", 120_000),
	"a read is due": on.readDue,
	"somebody comes back": on.focused(120_000),
	"somebody comes back at once": on.focused(1999),
	"the network goes": on.offline,
	"the network comes": on.online(120_000),
	"a snapshot comes": on.hydrate("a"),
	"a callback failed": on.callbackFailed,
	"a row runs out": on.expired,
	"read done": on.read("a"),
	"read failed": on.notRead(),
	"read failed for now": on.notYetRead(),
	"the world threw": { type: "xstate.error.actor.world", error: thrown },
	"switchTo threw": { type: "xstate.error.actor.switchTo", error: thrown },
	"revokeRows threw": { type: "xstate.error.actor.revokeRows", error: thrown },
} satisfies Record<string, PlayedEvent>;

/** From, event, to, and what the machine does: `+` starts an actor, `-` ends it, `9: ok` answers ticket 9. */
export type Table = readonly [keyof typeof states, keyof typeof events, Moment["state"], readonly string[]][];

/** Every event that the machine knows. */
const types = {
	wake: true,
	sleep: true,
	destroy: true,
	"command.read": true,
	"command.switch": true,
	"command.revoke": true,
	"command.revokeOthers": true,
	"command.signOutAll": true,
	"command.malformed": true,
	"session.seen": true,
	"session.unknown": true,
	"session.changed": true,
	"session.failed": true,
	"cookie.late": true,
	"row.activated": true,
	"row.revoked": true,
	"row.failed": true,
	"command.failed": true,
	"command.done": true,
	"device.signedOut": true,
	hydrate: true,
	"callback.failed": true,
	"command.locked": true,
	"command.stale": true,
	"device.moved": true,
	"device.doubted": true,
	"call.began": true,
	"call.ended": true,
	"call.overdue": true,
	"signIn.over": true,
	"ended.forgotten": true,
	"version.carried": true,
	"read.due": true,
	"device.stale": true,
	"device.online": true,
	"xstate.error.actor.world": true,
} satisfies Record<DeviceSessionsEvent["type"], true>;

/** What a table does not say of a state of the machine: each event that can come. */
export function missing(table: Table, state: Moment["state"]): string[] {
	const told = table.filter(([from]) => from !== "empty" && states[from].state === state).map(([, event]) => event);
	return Object.entries(events).flatMap(([name, { type }]) =>
		type in types && !told.some((event) => event === name) ? [name] : [],
	);
}

/** The events of the machine that none of the events here is. */
export const unplayed = (): string[] => {
	const played: string[] = Object.values(events).map(({ type }) => type);
	return Object.keys(types).filter((type) => !played.includes(type));
};
