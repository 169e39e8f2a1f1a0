import { SignOut } from "../../core/sign-out.js";
import type { OperationError } from "../../errors.js";
import type { JobInput } from "../events.js";
import type { Device } from "./device.js";
import { activateRow, revokeRow, rowFailed, type Tell } from "./requests.js";

/** How many requests go out side by side. */
const width = 8;

/** Signs accounts out and tells of each as it is settled. */
export async function revokeRows(device: Device, input: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	if (input.scope === "all") return signOutAll(device, stop, tell);
	const settle = (id: string, error: OperationError | null) =>
		tell(error ? rowFailed(id, error) : { type: "row.revoked", id });
	if (input.scope === "others") {
		const waiting = [...input.targets];
		const next = async (): Promise<void> => {
			const id = waiting.shift();
			if (id === undefined) return;
			settle(id, await revokeRow(device, id, stop));
			await next();
		};
		await Promise.all(Array.from({ length: width }, next));
	} else {
		settle(input.id, await revokeOne(device, input, stop, tell));
	}
	tell({ type: "command.done" });
}

/**
 * What comes next is never left to chance: of the active account, the survivor is made active before it is revoked.
 * The server revokes for a living active session only, so where there is none the survivor comes first as well.
 */
async function revokeOne(
	device: Device,
	input: JobInput,
	stop: AbortSignal,
	tell: Tell,
): Promise<OperationError | null> {
	const { id: target, active, unlisted } = input;
	if (target === active && unlisted) {
		// Only while it is active can it be ended at all.
		const error = await revokeRow(device, target, stop, true);
		if (error) return error;
		tell({ type: "row.revoked", id: target });
		const survivor = await activateSurvivor(device, input, stop, tell);
		// The account is gone all the same; who is active now is read.
		if (survivor !== "activated" && survivor !== "nobody") tell({ type: "session.unknown" });
		return null;
	}
	if (target !== active && active !== null) {
		const error = await revokeRow(device, target, stop);
		if (error?.kind !== "unauthorized") return error;
		// The active session has ended elsewhere: on as without one, and its row is looked up.
		tell({ type: "session.unknown" });
	}
	const survivors = input.survivors.filter((id) => id !== active);
	const survivor = await activateSurvivor(device, { ...input, survivors }, stop, tell);
	if (survivor === "activated" || (survivor === "nobody" && target === active)) return revokeRow(device, target, stop);
	return survivor === "nobody" ? revokeLast(device, target, stop, tell) : survivor;
}

/** Activates the first survivor that is still there, the one used last before the others. */
async function activateSurvivor(
	device: Device,
	{ survivors, chosen }: JobInput,
	stop: AbortSignal,
	tell: Tell,
): Promise<OperationError | "activated" | "nobody"> {
	for (const id of device.recency.sort(survivors)) {
		const error = await activateRow(device, id, stop, tell);
		if (!error) return "activated";
		if (error.kind !== "session-gone" || chosen) return error;
		tell({ type: "row.revoked", id });
	}
	return "nobody";
}

/** The last account of a device without an active one has to be active to be revoked; nobody needs to see it so. */
async function revokeLast(device: Device, id: string, stop: AbortSignal, tell: Tell): Promise<OperationError | null> {
	const activation = await activateRow(device, id, stop, () => {});
	if (activation) return activation.kind === "session-gone" ? null : activation;
	const error = await revokeRow(device, id, stop);
	if (error) tell({ type: "session.unknown" });
	return error;
}

async function signOutAll({ client, vault, ...device }: Device, stop: AbortSignal, tell: Tell): Promise<void> {
	// Its own signal stays: the callback behind it tells the other tabs.
	const { data, error } = await device.send(SignOut.operation, stop, ({ signal }) =>
		SignOut(client, { disableRedirect: true }, { signal }),
	);
	if (error) {
		tell(rowFailed("", error));
		return tell({ type: "command.done" });
	}
	vault.clear();
	tell({ type: "device.signedOut", ...(data.url && { url: data.url }) });
}
