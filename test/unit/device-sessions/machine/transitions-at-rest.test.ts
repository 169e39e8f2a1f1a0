import { expect, it } from "vitest";
import { proceed } from "./play.js";
import { events, missing, states, type Table, unplayed } from "./transitions.js";

const table: Table = [
	["empty", "wake at once", "loading", ["+ world", "+ readDevice settled"]],
	["empty", "wake later", "loading", ["+ world", "+ readDevice settled"]],
	["empty", "sleep", "idle", []],
	["empty", "destroy", "idle", ["stopped"]],
	["empty", "refetch", "loading", ["+ readDevice joined"]],
	["empty", "setActive a", "loading", ["+ readDevice joined"]],
	["empty", "setActive a, just read", "loading", ["+ readDevice joined"]],
	["empty", "setActive b", "loading", ["+ readDevice joined"]],
	["empty", "setActive c", "loading", ["+ readDevice joined"]],
	["empty", "setActive ?", "loading", ["+ readDevice joined"]],
	["empty", "revoke a", "loading", ["+ readDevice joined"]],
	["empty", "revoke c", "loading", ["+ readDevice joined"]],
	["empty", "revoke ?", "loading", ["+ readDevice joined"]],
	["empty", "signOutOthers", "loading", ["+ readDevice joined"]],
	["empty", "signOutAll", "revoking", ["+ revokeRows all"]],
	["empty", "malformed command", "idle", ["9: invalid-input"]],
	["empty", "a snapshot comes", "idle", []],
	["empty", "a cookie may be late", "idle", []],

	["idle", "wake at once", "idle", []],
	["idle", "wake later", "loading", ["+ readDevice settled"]],
	["idle", "sleep", "idle", ["- world"]],
	["idle", "destroy", "idle", ["- world", "stopped"]],
	["idle", "refetch", "loading", ["+ readDevice fresh"]],
	["idle", "setActive a", "loading", ["+ readDevice fresh"]],
	["idle", "setActive a, just read", "idle", ["9: ok"]],
	["idle", "setActive b", "switching", ["+ switchTo b"]],
	["idle", "setActive c", "switching", ["+ switchTo c"]],
	["idle", "setActive ?", "loading", ["+ readDevice fresh"]],
	["idle", "revoke a", "revoking", ["+ revokeRows one a"]],
	["idle", "revoke c", "revoking", ["+ revokeRows one c"]],
	["idle", "revoke ?", "loading", ["+ readDevice fresh"]],
	["idle", "signOutOthers", "revoking", ["+ revokeRows others b,c"]],
	["idle", "signOutAll", "revoking", ["+ revokeRows all"]],
	["idle", "malformed command", "idle", ["9: invalid-input"]],
	["idle", "a is seen", "idle", []],
	["idle", "b is seen", "loading", ["+ readDevice settled"]],
	["idle", "c is seen", "loading", ["+ readDevice settled"]],
	["idle", "nobody is seen", "loading", ["+ readDevice settled"]],
	["idle", "somebody unknown is seen", "loading", ["+ readDevice settled"]],
	["idle", "other data of the same account is seen", "loading", ["+ readDevice settled"]],
	["idle", "the look failed", "loading", ["+ readDevice settled"]],
	["idle", "a cookie may be late", "idle", []],
	["idle", "another tab was at it", "idle", []],
	["idle", "another tab speaks", "loading", ["+ readDevice settled"]],
	["idle", "another tab is at it", "idle", ["read.due"]],
	["idle", "somebody was away", "idle", []],
	["idle", "a change begins", "idle", []],
	["idle", "a change ends", "idle", ["read.due"]],
	["idle", "a call takes too long", "idle", []],
	["idle", "the version moves along", "idle", []],
	["idle", "the version moves past us", "loading", ["+ readDevice settled"]],
	["a read waits", "a read is due", "loading", ["+ readDevice settled"]],
	["idle", "somebody comes back", "loading", ["+ readDevice settled"]],
	["idle", "somebody comes back at once", "idle", []],
	["idle", "the network goes", "idle", []],
	["idle", "the network comes", "loading", ["+ readDevice settled"]],
	["idle", "a snapshot comes", "idle", []],
	["idle", "a callback failed", "idle", []],
	["idle", "a row runs out", "loading", ["+ readDevice settled"]],
	["idle", "the world threw", "idle", []],
	["idle", "b activated", "idle", []],
	["idle", "c revoked", "idle", []],
	["idle", "c failed", "idle", []],
	["idle", "c unsure", "loading", ["+ readDevice settled"]],
	["idle", "the command failed", "idle", []],
	["idle", "the command is unsure", "loading", ["+ readDevice settled"]],
	["idle", "command done", "idle", []],
	["idle", "device signed out", "idle", []],

	["offline", "another tab speaks", "idle", []],
	["offline", "somebody comes back", "idle", []],
	["offline", "a row runs out", "idle", []],
	["offline", "the network comes", "loading", ["+ readDevice settled"]],
	["offline", "refetch", "loading", ["+ readDevice fresh"]],
	["offline", "setActive b", "switching", ["+ switchTo b"]],

	["backing off", "a read is due", "loading", ["+ readDevice settled"]],
	["backing off", "somebody comes back", "idle", ["read.due"]],
	["backing off", "another tab speaks", "idle", ["read.due"]],
	["backing off", "the network goes", "idle", ["read.due"]],
	["backing off", "sleep", "idle", ["read.due", "- world"]],

	["rate-limited", "a read is due", "loading", ["+ readDevice settled"]],
	["rate-limited", "somebody comes back", "idle", ["read.due"]],
	["rate-limited", "another tab speaks", "idle", ["read.due"]],
	["rate-limited", "a row runs out", "loading", ["+ readDevice settled"]],
	["rate-limited", "refetch", "loading", ["+ readDevice fresh"]],
];

it.each(table)("%s, %s → %s", (from, event, to, effects) => {
	const moment = proceed(states[from], events[event]);
	expect([moment.state, ...moment.effects]).toEqual([to, ...effects]);
});

it("the table holds every event of the machine, at rest", () => {
	expect(unplayed()).toEqual([]);
	expect(missing(table, "idle")).toEqual([]);
});
