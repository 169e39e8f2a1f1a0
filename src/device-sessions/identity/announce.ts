import type { StoreClient } from "../../client.js";
import type { OperationError } from "../../errors.js";
import { isObject } from "../../is-object.js";
import { fireSignal } from "../../signal.js";
import type { DeviceSession, IdentityChange, RowData } from "../types.js";
import { deepFreeze } from "../values.js";
import type { createCallbacks } from "./callbacks.js";

/** Better Auth's signals for what belongs to the active account and does not follow a switch by itself. */
const organizationSignals = ["$listOrg", "$activeOrgSignal"];

/** A row as the app's callbacks are told of it. */
export const toRow = (row: RowData | null | undefined, active = true): DeviceSession | null =>
	row ? { ...row, lastActiveAt: row.lastActiveAt ?? null, active } : null;

/** A customSession may leave the user's id out. */
const userOf = (row: DeviceSession | null) => row && (row.user.id ?? row.id);

/** Whom the page knows to be active. It is told of another user between the two: after the server, before the state. */
export function createIdentity(
	client: StoreClient,
	callbacks: ReturnType<typeof createCallbacks>,
	halfWay: () => { readonly from: RowData | undefined } | null,
) {
	/** Undefined: nothing known yet. */
	let shown: DeviceSession | null | undefined;
	/** That does not come of a sign-in that is half-way alone. */
	let hasShown = false;
	let pending: Promise<OperationError | null> | null = null;

	async function announce(change: IdentityChange, before: typeof pending): Promise<OperationError | null> {
		await before;
		const error = await callbacks.tell(change);
		for (const signal of organizationSignals) {
			// Better Auth's client answers a function for whatever it does not have.
			if (isObject(client.$store.atoms[signal])) fireSignal(client, signal);
		}
		return error;
	}

	return {
		shown: () => shown,
		/**
		 * The page is about to show this row as active, or nobody: waits until it was told. What is known first is no
		 * change. Returns the failure of the app's own callback.
		 */
		async show(row: RowData | null | undefined, reason: IdentityChange["reason"]): Promise<OperationError | null> {
			const stopped = halfWay();
			// The page is told once, of whoever comes: until then it knows who was there before.
			if (stopped) {
				if (!hasShown) shown = toRow(stopped.from);
				return pending;
			}
			const from = shown;
			const to = toRow(row);
			shown = to;
			hasShown = true;
			if (from !== undefined && userOf(from) !== userOf(to)) {
				const own = announce(deepFreeze({ from, to, reason }), pending);
				pending = own;
				const over = () => {
					if (pending === own) pending = null;
				};
				own.then(over, over);
			}
			return pending;
		},

		/** This row is about to go: nobody is active then, where it was. */
		async hide(id: string, reason: IdentityChange["reason"]): Promise<OperationError | null> {
			return shown?.id === id ? this.show(null, reason) : null;
		},
	};
}

export type IdentityOfPage = ReturnType<typeof createIdentity>;
