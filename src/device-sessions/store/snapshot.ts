import * as v from "valibot";
import { OperationError } from "../../errors.js";
import { invalid } from "../../invalid.js";
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
		const { issues, output } = v.safeParse(Snapshot, snapshot);
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
