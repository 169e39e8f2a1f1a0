import type { StoreClient } from "../../client.js";
import type { OperationError } from "../../errors.js";
import { isObject } from "../../is-object.js";
import { fireSignal } from "../../signal.js";
import type { Channel } from "../tabs/channel.js";
import type { DeviceSession, IdentityChange, RowData } from "../types.js";
import { deepFreeze } from "../values.js";
import type { createCallbacks } from "./callbacks.js";

/** Better Auth's signals for what belongs to the active account and does not follow a switch by itself. */
const organizationSignals = ["$listOrg", "$activeOrgSignal"];

const toActive = (row: RowData | null | undefined): DeviceSession | null => (row ? { ...row, active: true } : null);

/** A customSession may leave the user's id out. */
const userOf = (row: DeviceSession | null) => row && (row.user.id ?? row.id);

/** Whom the page knows to be active. It is told of another user between the two: after the server, before the state. */
export function createIdentity(client: StoreClient, callbacks: ReturnType<typeof createCallbacks>, channel: Channel) {
	/** Undefined: nothing known yet. */
	let shown: DeviceSession | null | undefined;
	let pending: Promise<OperationError | null> | null = null;
	/** Whom the other tabs were told of before the page could show them. */
	let suspected: unknown;

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
		/** Who the page knows to be active; undefined: nothing known yet. */
		shown: (): string | null | undefined => (shown === null ? null : shown?.id),
		/**
		 * The page is about to show this row as active, or nobody: waits until it was told. What is known first is no
		 * change. Answers the failure of the app's own callback. Other tabs are told where a command of ours has not told
		 * them, nor they us (`echo`).
		 */
		async show(
			row: RowData | null | undefined,
			reason: IdentityChange["reason"],
			echo = false,
		): Promise<OperationError | null> {
			const from = shown;
			const to = toActive(row);
			shown = to;
			suspected = undefined;
			// The same user, signed in anew, is another row all the same.
			if (from !== undefined && from?.id !== to?.id && reason === "external" && !echo) channel.broadcast();
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

		/** Somebody, by row id or by name, is active who cannot be shown yet: other tabs are told all the same, once. */
		suspect(who: unknown): void {
			if (shown === undefined || who === this.shown() || who === suspected) return;
			suspected = who;
			channel.broadcast();
		},

		/** This row is about to go: nobody is active then, where it was. */
		async hide(id: string, reason: IdentityChange["reason"]): Promise<OperationError | null> {
			return shown?.id === id ? this.show(null, reason) : null;
		},
	};
}

export type IdentityOfPage = ReturnType<typeof createIdentity>;
