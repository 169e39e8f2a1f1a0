import { RevokeSession } from "../../core/revoke-session.js";
import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import { Revoke } from "../../multi-session/revoke.js";
import { SetActive } from "../../multi-session/set-active.js";
import type { Device } from "../device.js";
import type { DeviceSessionsEvent, JobInput } from "../events.js";
import type { RowData, SwitchChange } from "../types.js";
import { deepFreeze } from "../values.js";

export type Tell = (event: DeviceSessionsEvent) => void;

/** A row's failure. It may have taken effect all the same: no answer, none that can be read, or a fault behind it. */
export const rowFailed = (id: string, error: OperationError): DeviceSessionsEvent => ({
	type: "row.failed",
	id,
	error,
	unsure: (error.status ?? 500) >= 500,
});

/** Asks the page before another account becomes active. Nothing was sent: false, and told. */
export async function mayLeave(
	{ callbacks, vault }: Device,
	input: JobInput,
	to: string | undefined,
	tell: Tell,
): Promise<boolean> {
	const row = vault.row(to ?? null);
	if (input.again || !row || to === input.active) return true;
	const from = vault.row(input.active);
	const change: SwitchChange = {
		from: from ? { ...from, active: true } : null,
		to: { ...row, active: false },
		reason: input.reason,
	};
	const error = await callbacks.ask(deepFreeze(change));
	if (!error) return true;
	tell({ type: "row.failed", id: input.id, error, unsure: false });
	tell({ type: "command.done" });
	return false;
}

/** Sends a command's requests while no other tab sends any, and tells the others. Nothing was sent: false, and told. */
export async function alone(
	{ tabs }: Device,
	{ id, reason, scope }: JobInput,
	stop: AbortSignal,
	tell: Tell,
	run: () => Promise<void>,
): Promise<boolean> {
	// Whoever is there, all of them are signed out.
	const anyway = scope === "all";
	let outcome: Awaited<ReturnType<typeof tabs.lock>>;
	do outcome = await tabs.lock(stop, anyway, run);
	while (outcome === "stale" && anyway);
	if (outcome === "done") tabs.tell();
	else if (outcome === "stale") tell({ type: "command.stale" });
	else {
		const one = reason === "revoke" ? reason : "setActive";
		const operation = { one, others: "signOutOthers", all: "signOutAll" }[scope];
		const error = new OperationError("busy", operation, "Another tab is busy.");
		tell({ type: "row.failed", id, error, unsure: false });
		tell({ type: "command.done" });
	}
	return outcome === "done";
}

/** A row that was made active. */
export interface Activation {
	readonly row: RowData;
	/** A get-session was under way: its cookie may come late. */
	readonly late: boolean;
}

/** Makes a row active on the server. Its answer is all the news there is: one round trip. */
export async function activateRow(
	{ client, vault, atom, check, send }: Device,
	id: string,
	stop: AbortSignal,
): Promise<Result<Activation>> {
	const sessionToken = vault.token(id);
	if (sessionToken === undefined) return failed(unknownSession(SetActive.operation));
	// Better Auth marks a get-session as under way a microtask late; its answer may bring a cookie of the old account, after ours.
	await null;
	const late = atom.isBusy();
	const { data, error } = await send(SetActive.operation, stop, (options) =>
		SetActive(client, { sessionToken }, options),
	);
	if (error) return failed(error);
	const { good, error: malformed } = check([data]);
	if (malformed) return failed(Object.assign(malformed, { operation: SetActive.operation, applied: true }));
	const [row] = vault.take(good);
	return row ? ok({ row, late }) : failed(unknownSession(SetActive.operation));
}

/** Shows a row that was made active, once the page has been told; `left` was signed out for it. */
export async function showActive(
	{ identity }: Device,
	{ reason }: JobInput,
	activation: Activation,
	tell: Tell,
	left?: string,
): Promise<void> {
	tellFault(await identity.show(activation.row, reason), tell);
	tell({ type: "row.activated", ...activation, left });
}

/** Takes a row away that the server does not know any more, once the page has been told. */
export async function showRevoked({ identity }: Device, { reason }: JobInput, id: string, tell: Tell): Promise<void> {
	tellFault(await identity.hide(id, reason), tell);
	tell({ type: "row.revoked", id });
}

/** The app's own callback failed; the command did not. */
export const tellFault = (error: OperationError | null, tell: Tell): void => {
	if (error) tell({ type: "callback.failed", error });
};

/** Signs one account out. Already gone is success. One that the list does not know the plugin cannot revoke; the core can. */
export async function revokeRow(
	{ client, vault, send }: Device,
	id: string,
	stop: AbortSignal,
	unlisted = false,
): Promise<OperationError | null> {
	const token = vault.token(id);
	if (token === undefined) return null;
	if (!token)
		return new OperationError(
			"active-unlisted",
			RevokeSession.operation,
			"This session's token is not known: sign out all instead.",
		);
	const { error } = unlisted
		? await send(RevokeSession.operation, stop, (options) => RevokeSession(client, { token }, options))
		: await send(Revoke.operation, stop, (options) => Revoke(client, { sessionToken: token }, options));
	if (error && error.kind !== "session-gone" && !(unlisted && error.kind === "unauthorized")) return error;
	vault.forget(id);
	return null;
}
