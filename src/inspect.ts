/**
 * Keeps people out of an inspector that others can look into.
 *
 * @module
 */
import type { ActorRefLike, AnyStateNode, AnyTransitionDefinition, InspectionEvent, Observer, Snapshot } from "xstate";
import { OperationError } from "./errors.js";
import { createVisible, visibleOfOthers } from "./inspect/visible.js";

/** What is asked of an actor beyond what XState promises an inspector. */
interface Actor extends ActorRefLike {
	readonly id?: string;
	readonly _parent?: Actor;
	readonly logic?: { readonly id?: unknown; readonly config?: unknown };
}

const nodeOf = ({ id, key, path }: Pick<AnyStateNode, "id" | "key" | "path">) => ({ id, key, path });
/** A transition as it is declared, with nothing that leads to the machine and its context. */
const withoutMachine = ({ toJSON: _, ...declared }: AnyTransitionDefinition): AnyTransitionDefinition =>
	// Safe: an inspector reads where it comes from and leads to, by name.
	({ ...declared, source: nodeOf(declared.source), target: declared.target?.map(nodeOf) }) as AnyTransitionDefinition;

/** What an actor has come to. Newer versions of XState tell of transitions, too; the types of older ones do not know the name. */
type InspectedSnapshot = Extract<InspectionEvent, { type: "@xstate.snapshot" | "@xstate.transition" }>;
const isSnapshot = (inspected: InspectionEvent): inspected is InspectedSnapshot =>
	/^@xstate\.(snapshot|transition)$/.test(inspected.type);

const isMachine = (actor: Actor | undefined): boolean => actor?.logic?.id === "deviceSessions";

/**
 * Keeps people out of an inspector that others can look into, such as Stately's hosted one: no name, e-mail address,
 * image, IP address or user agent, and no custom field, leaves for it. What does is an allow-list: states, types of
 * events, row ids, flags, counts, times and the kinds of errors. (Tokens are not in an inspection to begin with.)
 *
 * @param inspect What an inspector listens with: `createBrowserInspector().inspect`, which is undefined on a server.
 * @returns What `createDeviceSessions` takes as its option `inspect`.
 * @throws {OperationError} `invalid-input` where that is no listener: the inspector itself, most likely.
 * @example
 * import { createBrowserInspector } from "@statelyai/inspect";
 * import { redact } from "device-sessions/inspect";
 * const { inspect } = createBrowserInspector();
 * const deviceSessions = createDeviceSessions(authClient, { inspect: redact(inspect) });
 * @see https://stately.ai/docs/inspection
 */
export function redact(
	inspect: ((event: InspectionEvent) => void) | Observer<InspectionEvent> | undefined,
): (event: InspectionEvent) => void {
	const next = typeof inspect === "object" ? inspect?.next?.bind(inspect) : inspect;
	if (inspect !== undefined && typeof next !== "function") {
		throw new OperationError("invalid-input", "redact", "redact: This is no listener: pass the inspector's `inspect`.");
	}
	const ours = createVisible();
	const seen = new WeakMap<Actor, Actor>();
	const readersOf = (actor: Actor) => (isMachine(actor) || isMachine(actor._parent) ? ours : visibleOfOthers);

	/** In an actor's place: what an inspector asks of one, and nothing that leads to the actor itself. */
	function standIn(actor: Actor): Actor {
		const known = seen.get(actor);
		if (known) return known;
		const { event: _, snapshot } = readersOf(actor);
		const { context: __, ...config }: { context?: unknown } = Object(actor.logic?.config);
		const made: Actor = {
			sessionId: actor.sessionId,
			id: snapshot === ours.snapshot && actor.id !== undefined ? actor.id : actor.sessionId,
			...(actor._parent && { _parent: standIn(actor._parent) }),
			...(isMachine(actor) && { logic: { id: "deviceSessions", config } }),
			// Only when it is asked for: an actor that has just been made has none.
			getSnapshot: () => snapshot(actor.getSnapshot()),
			send: () => {},
		};
		seen.set(actor, made);
		return made;
	}

	return (inspected) => {
		const { rootId, actorRef } = inspected;
		const read = readersOf(actorRef);
		const base = { rootId, actorRef: standIn(actorRef) };
		// Safe: what an event or a snapshot must have, its type and its status, is on every list.
		const event = () => read.event("event" in inspected && inspected.event) as { type: string };
		const snapshot = () => read.snapshot("snapshot" in inspected && inspected.snapshot) as Snapshot<unknown>;
		if (isSnapshot(inspected)) return next?.({ type: inspected.type, ...base, event: event(), snapshot: snapshot() });
		switch (inspected.type) {
			case "@xstate.actor":
				return next?.({ type: inspected.type, ...base });
			case "@xstate.event": {
				const sourceRef = inspected.sourceRef && standIn(inspected.sourceRef);
				return next?.({ type: inspected.type, ...base, event: event(), sourceRef });
			}
			case "@xstate.microstep":
				return next?.({
					type: inspected.type,
					...base,
					event: event(),
					snapshot: snapshot(),
					_transitions: read === ours ? inspected._transitions.map(withoutMachine) : [],
				});
			case "@xstate.action":
				// What an action is told may be an answer, with its rows.
				return next?.({ type: inspected.type, ...base, action: { type: inspected.action.type, params: undefined } });
		}
	};
}
