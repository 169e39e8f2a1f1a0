import type { Call, DeviceSessionsEvent, JobInput, ReadInput, Reading } from "../device-sessions/events.js";
import type { Command } from "../device-sessions/machine/commands.js";
import type { Check, Context } from "../device-sessions/machine/context.js";
import { fact, list, nothing, type Read, route, shape, states, word } from "./read.js";

/** Every key of every member of a union. */
type KeyOf<T> = T extends T ? keyof T : never;

/** What may be seen of the machine and of its actors, field by field. */
export function createVisible() {
	const rowIds = new Set<unknown>();
	// What an app asks for may be no id at all.
	const id: Read = (value) => (value === null || rowIds.has(value) ? value : value === undefined ? value : "unknown");
	const row: Read = (value) => {
		const { id: own }: { id?: unknown } = Object(value);
		if (typeof own === "string") rowIds.add(own);
		return shape({ id, active: fact, listed: fact, lastActiveAt: fact })(value);
	};
	const failure: Read = (value) => shape({ id, error, unsure: fact })(value);
	/** Without the message and the code, which may be the server's own words. Of a failed read, with what lies in it. */
	const error: Read = (value) =>
		shape({
			kind: word,
			operation: word,
			status: fact,
			retryAfter: fact,
			applied: fact,
			revoked: list(id),
			failed: list(failure),
			error,
			retryAt: fact,
		})(value);
	const command = shape({
		type: word,
		id,
		next: id,
		leaveUnlisted: fact,
		certain: fact,
		cancels: fact,
		tickets: list(fact),
		batch: fact,
		known: fact,
		after: fact,
		overtaken: fact,
		asked: fact,
		tries: fact,
		version: word,
		done: fact,
		targets: list(id),
		settled: fact,
		revoked: list(id),
		failed: list(failure),
		signalFired: fact,
		url: nothing,
	} satisfies Record<KeyOf<Command>, Read>);
	const check = { id, from: list(id), tries: fact, calls: list(fact) } satisfies Record<keyof Check, Read>;
	const call = { id: fact, method: word, path: route, effect: word, overdue: fact } satisfies Record<keyof Call, Read>;
	const signingIn = shape({ from: id, until: fact });
	const reading = { number: fact, version: word, began: fact, at: fact };
	const context = {
		// First: whoever is named after it is one of these.
		rows: list(row),
		loadedAt: fact,
		version: word,
		reading: shape(reading),
		begun: fact,
		doubted: fact,
		doubtedUntil: fact,
		cached: fact,
		calls: list(shape(call)),
		queue: list(command),
		command,
		readError: error,
		commandError: error,
		retryAt: fact,
		pausedUntil: fact,
		isAutomatic: fact,
		attempt: fact,
		online: fact,
		dueAt: fact,
		lastDue: fact,
		check: shape(check),
		isPending: fact,
		lost: shape({ id, tries: fact }),
		signingIn,
		ended: nothing,
		awake: fact,
		listening: fact,
		destroyed: word,
	} satisfies Record<keyof Context, Read>;
	const asked = shape({ from: id, to: id });
	const input = {
		operation: word,
		version: word,
		scope: word,
		reason: word,
		again: fact,
		insists: fact,
		asked,
		id,
		targets: list(id),
		active: id,
		unlisted: fact,
		survivors: list(id),
		chosen: fact,
		freshness: word,
		attempt: fact,
		first: fact,
		unless: list(id),
		known: word,
	} satisfies Record<KeyOf<JobInput> | keyof ReadInput, Read>;
	const output = {
		rows: list(row),
		activeId: id,
		error,
		successor: id,
		version: word,
		newest: word,
		known: word,
		goesOnFor: fact,
		began: fact,
		lastActive: shape({ version: word, id }),
		isOvertaken: fact,
		signingIn,
		ended: nothing,
		at: fact,
		loadedAt: fact,
	} satisfies Record<keyof Reading, Read>;
	const event = {
		rows: list(row),
		row,
		type: word,
		at: fact,
		activeId: id,
		error,
		ticket: fact,
		batch: fact,
		id,
		next: id,
		leaveUnlisted: fact,
		online: fact,
		version: word,
		asked,
		call: shape(call),
		isNews: fact,
		hasCrossed: fact,
		isUncertain: fact,
		signingIn,
		ended: nothing,
		cancels: fact,
		certain: fact,
		now: fact,
		from: word,
		to: word,
		isOver: fact,
		wait: fact,
		crossed: list(fact),
		isOvertaken: fact,
		left: id,
		instead: row,
		unsure: fact,
		url: nothing,
	} satisfies Record<KeyOf<DeviceSessionsEvent>, Read>;
	const children: Read = (value) =>
		Object.fromEntries(Object.keys(Object(value)).map((child) => [child, { xstate$$type: 1, id: child }]));
	return {
		event: shape({ ...event, actorId: word, input: shape(input), output: shape(output) }),
		snapshot: shape({
			status: word,
			value: states,
			context: shape(context),
			children,
			input: shape(input),
			output: shape(output),
			error,
		}),
	};
}

/** Of actors that are not the store's: that they are there, and what they are sent is called. */
export const visibleOfOthers = { event: shape({ type: word }), snapshot: shape({ status: word }) };
