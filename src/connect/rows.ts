import type { DeviceSession } from "../device-sessions/types.js";
import { type AccountLabel, labelOf } from "./label.js";

/** One account as it is shown. The same object for as long as nothing in it changes. */
export interface ConnectedRow extends AccountLabel {
	/** The row's id: what the commands take. */
	readonly id: string;
	/** The address of a picture, or null. */
	readonly image: string | null;
	/** One or two letters, or an emoji, for where there is no image. */
	readonly initials: string;
	/** What the option `badge` returns for this row. */
	readonly badge: string | null;
	/** This account is active. */
	readonly current: boolean;
	/** A command for this row is under way. */
	readonly busy: boolean;
	/** False: a switch away signs this account out. */
	readonly listed: boolean;
	/** The row of the store. */
	readonly account: DeviceSession;
}

/** What is made of a row is kept, so that a framework's memo can skip it: of a frozen one, which cannot change. */
const kept = new WeakMap<DeviceSession, ConnectedRow>();

/** Makes rows of one state. */
export const rowMaker =
	(unnamed: string, busyIds: readonly (string | undefined)[], badgeOf?: (account: DeviceSession) => string | null) =>
	(account: DeviceSession): ConnectedRow => {
		const row = {
			...labelOf(account.user, unnamed),
			id: account.id,
			badge: badgeOf?.(account) ?? null,
			current: account.active,
			busy: busyIds.includes(account.id),
			listed: account.listed,
			account,
		};
		const old = kept.get(account);
		if (old?.name === row.name && old.busy === row.busy && old.badge === row.badge) return old;
		if (Object.isFrozen(account)) kept.set(account, row);
		return row;
	};
