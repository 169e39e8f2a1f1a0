import * as v from "valibot";
import { OperationError } from "../../errors.js";
import { invalid } from "../../invalid.js";
import { ListSessions } from "../../multi-session/list-sessions.js";
import { Session, SessionAndUser, User } from "../../schemas.js";
import type { RowData } from "../types.js";
import { type Identity, tokenOf, type Vault } from "./vault.js";

/** The app's own Valibot schemas, for its custom fields. */
export interface CustomSchemas {
	readonly session?: v.GenericSchema<unknown, object> | undefined;
	readonly user?: v.GenericSchema<unknown, object> | undefined;
}

/** Base and custom fields: what the app's schema answers is laid over the rest. */
export const withCustom = <Base extends object>(
	base: v.GenericSchema<unknown, Base>,
	custom: v.GenericSchema<unknown, object> | undefined,
): v.GenericSchema<unknown, Base> =>
	custom
		? v.pipe(
				base,
				v.rawTransform(({ dataset, addIssue, NEVER }): Base => {
					const { issues, output } = v.safeParse(custom, dataset.value);
					if (!issues) return { ...dataset.value, ...output };
					for (const { message, expected, path } of issues) {
						addIssue({ message, ...(expected && { expected }), ...(path && { path }) });
					}
					return NEVER;
				}),
			)
		: base;

/** Checks what the server answers, account by account: one that is malformed is left out and reported, the others stay. */
export function createAccounts({ session, user }: CustomSchemas) {
	const Accounts = v.array(v.looseObject({ session: withCustom(Session, session), user: withCustom(User, user) }));
	return function check(accounts: readonly unknown[]): { good: SessionAndUser[]; error: OperationError | null } {
		try {
			const { issues, output } = v.safeParse(Accounts, accounts);
			if (!issues) return { good: output, error: null };
			const bad = new Set(issues.map(({ path }) => path?.[0].key));
			const { good } = check(accounts.filter((_, index) => !bad.has(index)));
			return { good, error: invalid("invalid-response", ListSessions.operation, "An account was left out", issues) };
		} catch (thrown) {
			// It may hold what it was given: its message is all that is handed on, and only without a token.
			const message = thrown instanceof Error ? thrown.message : "";
			const isSecret = accounts.map(tokenOf).some((token) => typeof token === "string" && message.includes(token));
			const details = isSecret ? {} : { cause: new Error(message) };
			return {
				good: [],
				error: new OperationError("callback", "schemas", "A schema that was handed in threw.", details),
			};
		}
	};
}

export type CheckAccounts = ReturnType<typeof createAccounts>;

/** The rows, and which of them is active; one of its own where the server does not list it. */
export function whoIsActive(
	vault: Vault,
	check: CheckAccounts,
	rows: readonly RowData[],
	who: Identity | null,
	all: readonly unknown[],
): { rows: readonly RowData[]; activeId: string | null } {
	if (!who) return { rows, activeId: null };
	const id = vault.find(who);
	if (id !== undefined) return { rows, activeId: id };
	const [account] = check([who]).good;
	const row = account
		? // Malformed in the list, it is listed all the same.
			vault.take([account], all.map(tokenOf).includes(account.session.token))[0]
		: v.safeParse(SessionAndUser, who).success
			? undefined
			: vault.takeStranger(who);
	return row ? { rows: [...rows, row], activeId: row.id } : { rows, activeId: null };
}
