import { RevokeSession } from "../../core/revoke-session.js";
import { OperationError, unknownSession } from "../../errors.js";
import { Revoke } from "../../multi-session/revoke.js";
import { SetActive } from "../../multi-session/set-active.js";
import type { DeviceSessionsEvent } from "../events.js";
import type { Device } from "./device.js";

export type Tell = (event: DeviceSessionsEvent) => void;

/** A row's failure. It may have taken effect all the same: no answer, none that can be read, or a fault behind it. */
export const rowFailed = (id: string, error: OperationError): DeviceSessionsEvent => ({
	type: "row.failed",
	id,
	error,
	unsure: (error.status ?? 500) >= 500,
});

/** Makes a row active on the server. Its answer is all the news there is: one round trip. */
export async function activateRow(
	device: Device,
	id: string,
	stop: AbortSignal,
	tell: Tell,
): Promise<OperationError | null> {
	const { client, vault, atom } = device;
	const sessionToken = vault.token(id);
	if (sessionToken === undefined) return unknownSession(SetActive.operation);
	// Better Auth marks a get-session as under way a microtask late; its answer may bring a cookie of the old account, after ours.
	await null;
	const late = atom.isBusy();
	const { data, error } = await device.send(SetActive.operation, stop, (options) =>
		SetActive(client, { sessionToken }, options),
	);
	if (error) return error;
	const [row] = vault.take([data]);
	if (row) tell({ type: "row.activated", row, late });
	return null;
}

/** Signs one account out. Already gone is success. One that the list does not know the plugin cannot revoke; the core can. */
export async function revokeRow(
	device: Device,
	id: string,
	stop: AbortSignal,
	unlisted = false,
): Promise<OperationError | null> {
	const { client, vault } = device;
	const token = vault.token(id);
	if (token === undefined) return null;
	if (!token)
		return new OperationError(
			"active-unlisted",
			RevokeSession.operation,
			"This session's token is not known: sign out all instead.",
		);
	const { error } = unlisted
		? await device.send(RevokeSession.operation, stop, (options) => RevokeSession(client, { token }, options))
		: await device.send(Revoke.operation, stop, (options) => Revoke(client, { sessionToken: token }, options));
	if (error && error.kind !== "session-gone" && !(unlisted && error.kind === "unauthorized")) return error;
	vault.forget(id);
	return null;
}
