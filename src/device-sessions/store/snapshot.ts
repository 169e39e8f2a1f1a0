import * as v from "valibot";
import { OperationError } from "../../errors.js";
import { invalid } from "../../invalid.js";
import { isObject } from "../../is-object.js";
import { Session, User } from "../../schemas.js";
import { type CustomSchemas, withCustom } from "../auth/accounts.js";
import type { Vault } from "../auth/vault.js";
import type { RowData } from "../types.js";

/** What of a snapshot can be taken; or why nothing can. */
interface Taken {
	readonly rows: readonly RowData[];
	readonly activeId: string | null;
	readonly error: OperationError | null;
}

/** A moment as Better Auth's client finds it in JSON. */
const moment = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Dates at any depth, custom fields' too, as Better Auth's client revives them: digit for digit, so that the first read
 * finds nothing new.
 */
function revive(value: unknown): unknown {
	if (typeof value === "string") {
		const [found, year, month, day, hour, minute, second, fraction = "", sign, hours, minutes] =
			moment.exec(value) ?? [];
		if (!found) return value;
		const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
		const ms = Number(fraction.padEnd(3, "0"));
		return new Date(
			Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute) - offset, Number(second), ms),
		);
	}
	if (!isObject(value) || value instanceof Date) return value;
	if (Array.isArray(value)) return value.map(revive);
	// `fromEntries` defines properties: none of them becomes the prototype.
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
}

/** Checks a snapshot, which came with the page and may be anybody's: rows without tokens come out, or an error. */
export function readSnapshot(snapshot: unknown, { session, user }: CustomSchemas, vault: Vault): Taken {
	const { token: _, ...fields } = Session.entries;
	const Snapshot = v.pipe(
		v.object({
			version: v.literal(1),
			sessions: v.array(
				v.object({
					id: v.pipe(v.string(), v.nonEmpty()),
					session: withCustom(v.looseObject(fields), session),
					user: withCustom(User, user),
					listed: v.boolean(),
				}),
			),
			active: v.nullable(v.string()),
		}),
		v.check(({ sessions, active }) => {
			const ids = new Set(sessions.map(({ id }) => id));
			return ids.size === sessions.length && (active === null || ids.has(active));
		}),
	);
	try {
		const { issues, output } = v.safeParse(Snapshot, revive(snapshot));
		if (issues) throw invalid("invalid-input", "hydrate", "This is no snapshot of toDeviceSessions()", issues);
		vault.learn(output.sessions);
		return { rows: vault.strip(output.sessions), activeId: output.active, error: null };
	} catch (thrown) {
		// Without schemas of the app there is nobody else's code in it: getters, or a circle.
		const kind = session || user ? "callback" : "invalid-input";
		const error =
			thrown instanceof OperationError
				? thrown
				: new OperationError(kind, "hydrate", "Reading the snapshot threw.", { cause: thrown });
		return { rows: [], activeId: null, error };
	}
}
