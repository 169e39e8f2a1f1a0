import { SignOut } from "../../core/sign-out.js";
import type { OperationError } from "../../errors.js";
import type { Device } from "../device.js";
import type { JobInput } from "../events.js";
import {
	activateRow,
	mayLeave,
	revokeRow,
	rowFailed,
	showActive,
	showRevoked,
	type Tell,
	tellFault,
} from "./requests.js";

/** How many requests go out side by side. */
const width = 8;

/** Signs accounts out and tells of each as it is settled. */
export async function revokeRows(device: Device, input: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	if (input.scope === "all") return signOutAll(device, input, stop, tell);
	const settle = async (id: string, error: OperationError | null) =>
		error ? tell(rowFailed(id, error)) : showRevoked(device, input, id, tell);
	if (input.scope === "others") {
		const waiting = input.targets.values();
		const next = async (): Promise<void> => {
			for (const id of waiting) await settle(id, await revokeRow(device, id, stop));
		};
		await Promise.all(Array.from({ length: width }, next));
	} else {
		const [survivor] = input.id === input.active ? device.recency.sort(input.survivors) : [];
		if (!(await mayLeave(device, input, survivor, tell))) return;
		await settle(input.id, await revokeOne(device, input, stop, tell));
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
		const survivor = await activateSurvivor(device, input, stop, tell, target);
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
	input: JobInput,
	stop: AbortSignal,
	tell: Tell,
	left?: string,
): Promise<OperationError | "activated" | "nobody"> {
	for (const id of device.recency.sort(input.survivors)) {
		const { data, error } = await activateRow(device, id, stop);
		if (data) {
			await showActive(device, input, data, tell, left);
			return "activated";
		}
		if (error.kind !== "session-gone" || input.chosen) return error;
		tell({ type: "row.revoked", id });
	}
	return "nobody";
}

/** The last account of a device without an active one has to be active to be revoked; nobody needs to see it so. */
async function revokeLast(device: Device, id: string, stop: AbortSignal, tell: Tell): Promise<OperationError | null> {
	const { error: refused } = await activateRow(device, id, stop);
	if (refused) return refused.kind === "session-gone" ? null : refused;
	const error = await revokeRow(device, id, stop);
	if (error) tell({ type: "session.unknown" });
	return error;
}

async function signOutAll(device: Device, { reason }: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	const { client, identity, vault } = device;
	// Its own signal stays: the callback behind it tells the other tabs.
	const { data, error } = await device.send(SignOut.operation, stop, ({ signal }) =>
		SignOut(client, { disableRedirect: true }, { signal }),
	);
	if (error) {
		tell(rowFailed("", error));
		return tell({ type: "command.done" });
	}
	vault.clear();
	tellFault(await identity.show(null, reason), tell);
	tell({ type: "device.signedOut", ...(data.url && { url: data.url }) });
}
