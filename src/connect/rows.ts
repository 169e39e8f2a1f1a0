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
const kept = new WeakMap<DeviceSession, readonly [row: ConnectedRow, unnamed: string]>();

/** Makes rows of one state. */
export const rowMaker =
	(unnamed: string, busyIds: readonly (string | undefined)[], badgeOf?: (account: DeviceSession) => string | null) =>
	(account: DeviceSession): ConnectedRow => {
		const { id } = account;
		const busy = busyIds.includes(id);
		const badge = badgeOf?.(account) ?? null;
		const [old, before] = kept.get(account) ?? [];
		if (old?.busy === busy && old.badge === badge && before === unnamed) return old;
		const { listed, active: current } = account;
		const row = { ...labelOf(account.user, unnamed), id, badge, current, busy, listed, account };
		if (Object.isFrozen(account)) kept.set(account, [row, unnamed]);
		return row;
	};
