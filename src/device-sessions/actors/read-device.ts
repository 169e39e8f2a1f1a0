import type { OperationError } from "../../errors.js";
import { whoIsActive } from "../auth/accounts.js";
import type { Identity, Vault } from "../auth/vault.js";
import type { Freshness, ReadInput, Reading } from "../events.js";
import * as limits from "../limits.js";
import { stopIfAborted } from "../page/stop-if-aborted.js";
import type { EndedAccount, RowData } from "../types.js";
import { equal } from "../values.js";
import type { Device } from "./device.js";
import { type Fetched, fetchDevice, type Listed, watchForNews } from "./fetch-device.js";

/** What the looks before have come to, where one is made once more in the same read. */
interface Former {
	/** Another tab has found somebody else meanwhile; the page has slept. Each calls for one more look, once. */
	readonly isCrossed?: boolean;
	readonly hasSlept?: boolean;
	/** The vault holds what was listed, and the machine has not heard of it. */
	readonly isTaken?: boolean;
}

/** Reads the list and the session, side by side. Rejects with an `OperationError`, or with one and who is active. */
export async function readDevice(
	device: Device,
	input: ReadInput,
	stop: AbortSignal,
	former: Former = {},
): Promise<Reading> {
	const { atom, clock, halfWay, lastUsed } = device;
	// A read that is asked for twice in one go, or put back at once, sends one request.
	await null;
	stopIfAborted(stop);
	const version = device.version.current();
	const [began, beganOn] = [clock.monotonic(), clock.now()];
	const wasHalfWay = halfWay.current() !== null;
	const wasActive = lastUsed.active();
	const news = watchForNews(atom);
	// The one clock has stood still: what was asked for before the page slept may have been answered then.
	const hasSlept = () =>
		!former.hasSlept && Math.abs(clock.now() - beganOn - (clock.monotonic() - began)) >= limits.young;
	/** Whom another tab has found at this version since it was as `then`: a cookie may have come, or gone. */
	const whoElse = (then: Reading["lastActive"]) => {
		const now = lastUsed.active();
		return !former.isCrossed && now?.version === version && !equal(now, then) ? now.id : undefined;
	};
	const again = (how: Freshness, more: Former) =>
		readDevice(device, { ...input, freshness: input.freshness === "certain" ? "certain" : how }, stop, {
			...former,
			...more,
		});
	try {
		const fetched = await fetchDevice(device, input, news, stop);
		if (hasSlept()) return again("fresh", { hasSlept: true });
		if ("listed" in fetched) {
			take(device.vault, fetched.listed, null);
			throw { error: fetched.failure, rows: dateRows(device) };
		}
		if ("failure" in fetched) {
			const activeId = news.isSignaled() || halfWay.current() ? undefined : device.vault.find(fetched.who);
			if (activeId !== undefined) await announce(device, input, activeId);
			throw { error: fetched.failure, activeId, ...(former.isTaken && { rows: dateRows(device) }) };
		}
		const isOvertaken = lastUsed.isOvertaken();
		const asked = isOvertaken ? { ...input, unless: [] } : input;
		const found = reconcile(device, fetched, version, whoElse(wasActive));
		if (!found) return again("fresh", { isCrossed: true, isTaken: true });
		news.forget();
		// Whoever a sign-in has ended with meanwhile is told of by the reading after this one, and not nobody before.
		const isOld = wasHalfWay && found.activeId === null && device.version.current() !== version;
		// The answer was lost, and nobody is left: the other tabs, which may have read that as well, do not know why.
		if (input.reason === "signOutAll" && wasHalfWay && found.rows.length === 0) {
			halfWay.end(halfWay.leaving);
			device.version.end();
		}
		const remember = () => {
			const isWord = device.version.current() === version && !asked.unless.includes(found.activeId);
			if (isWord) lastUsed.remember(found.activeId, version);
		};
		const heard = lastUsed.active();
		// Where nobody has said anything of this version yet, there is nothing that the other tabs could miss.
		if (heard?.version !== version) remember();
		const beforeTelling = lastUsed.active();
		const fault = isOld ? null : await announce(device, asked, found.activeId);
		stopIfAborted(stop);
		// While the page was told, the device may have moved on.
		if (hasSlept()) return again("fresh", { hasSlept: true, isTaken: true });
		if (news.haveCome()) return again("joined", { isTaken: true });
		const { activeId, error, ...rest } = found;
		if (![undefined, activeId].includes(whoElse(beforeTelling)))
			return again("fresh", { isCrossed: true, isTaken: true });
		const now = lastUsed.active();
		// As the other tabs have it by now, before this reading's own word.
		const lastActive = equal(now, beforeTelling) ? heard : now;
		// Not before: where this page comes to nothing the other tabs have not been told, and shall be by the next read.
		remember();
		dateRows(device);
		const signingIn = halfWay.current();
		return {
			...rest,
			activeId: signingIn ? null : activeId,
			signingIn,
			error: error ?? fault,
			version,
			newest: device.version.current(),
			known: input.known,
			lastActive,
			isOvertaken,
			goesOnFor: device.version.goesOnFor(),
			began,
			at: clock.monotonic(),
			loadedAt: clock.now(),
		};
	} finally {
		news.end();
	}
}

/** The vault holds what the server lists, and knows the token of whoever is active: a row may carry that. */
function take(vault: Vault, { accounts, all }: Listed, who: Identity | null): void {
	vault.turn();
	vault.learn([...all, who]);
	vault.take(accounts);
}

/** The rows, with the time until which each was active. */
function dateRows({ lastUsed, vault }: Pick<Device, "lastUsed" | "vault">): RowData[] {
	const rows = vault.rows();
	const timeOf = lastUsed.times();
	for (const row of rows) Object.assign(row, { lastActiveAt: timeOf(row.id) });
	return rows;
}

/** The rows of the device, which of them is active, and who shall be where nobody is. */
interface Found {
	readonly rows: readonly RowData[];
	readonly activeId: string | null;
	readonly error: OperationError | null;
	readonly successor: string | undefined;
	readonly ended: readonly EndedAccount[];
}

/**
 * Makes rows of what the server says; their tokens stay in the vault. Undefined where another tab has found somebody
 * else `meanwhile`: nothing is kept of who is active then.
 */
function reconcile(
	device: Pick<Device, "check" | "ended" | "halfWay" | "lastUsed" | "settings" | "vault" | "version">,
	{ who, ...listed }: Fetched,
	version: string,
	meanwhile?: string | null,
): Found | undefined {
	const { check, halfWay, lastUsed, settings, vault } = device;
	const isNewest = device.version.current() === version;
	take(vault, listed, who);
	const { activeId, error: refused } = whoIsActive(vault, check, who);
	if (meanwhile !== undefined && meanwhile !== activeId) return undefined;
	// Whoever is active has come in past the wire.
	if (who && isNewest) halfWay.end();
	const error = listed.error ?? refused;
	const rows = vault.rows();
	// Somebody who cannot be read is active all the same; and a sign-in that is half-way would be lost.
	const isLost = who === null && settings.whenActiveLost === "promote" && !halfWay.current();
	const ids = isLost ? rows.filter(({ hidden }) => !hidden).map(({ id }) => id) : [];
	const successor = lastUsed.sort(ids)[0];
	// Of one that was left out it is not known who it is, nor who is signed out while another tab does something.
	const isSure = isNewest && !error && device.version.goesOnFor() === 0;
	const ended = device.ended.take(isSure ? version : null, rows, true);
	return { rows, activeId, error, successor, ended };
}

/** Tells the page who is active. Returns the failure of the app's callback. */
async function announce(
	{ clock, identity, lastUsed, vault }: Pick<Device, "clock" | "identity" | "lastUsed" | "vault">,
	{ reason, unless }: Pick<ReadInput, "reason" | "unless">,
	activeId: string | null,
): Promise<OperationError | null> {
	const known = vault.row(activeId);
	const last = lastUsed.active();
	// Whoever is new as the active one is so from now on.
	const isNew = last !== undefined && last.id !== activeId;
	const row = known && { ...known, lastActiveAt: isNew ? clock.now() : lastUsed.times()(known.id) };
	// Somebody who is not shown is no change of identity: who comes next may be the one from before.
	return unless.includes(activeId) || row?.hidden ? null : identity.show(row, reason);
}
