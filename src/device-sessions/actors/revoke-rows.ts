import * as v from "valibot";
import { SignOut } from "../../core/sign-out.js";
import { type OperationError, ok, type Result } from "../../errors.js";
import type { Device, SendOptions } from "../device.js";
import type { JobInput } from "../events.js";
import {
	activateRow,
	alone,
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
	const { id, active, scope, survivors, targets } = input;
	if (scope === "all") return signOutAll(device, input, stop, tell);
	const settle = async (id: string, error: OperationError | null) =>
		error ? tell(rowFailed(id, error)) : showRevoked(device, input, id, tell);
	if (scope === "others") {
		const waiting = targets.values();
		const next = async (): Promise<void> => {
			for (const id of waiting) await settle(id, await revokeRow(device, id, stop));
		};
		const all = async () => void (await Promise.all(Array.from({ length: width }, next)));
		if (!(await alone(device, input, stop, tell, all))) return;
	} else {
		const [survivor] = id === active || active === null ? device.recency.sort(survivors) : [];
		if (!(await mayLeave(device, input, survivor, tell))) return;
		// What the page is told in between does not keep the lock.
		const shown: Promise<void>[] = [];
		let error: OperationError | null = null;
		const one = async () => {
			error = await revokeOne(device, input, stop, tell, shown);
		};
		if (!(await alone(device, input, stop, tell, one))) return;
		await Promise.all(shown);
		await settle(id, error);
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
	shown: Promise<void>[],
): Promise<OperationError | null> {
	const { id: target, active, unlisted } = input;
	if (target === active && unlisted) {
		// Only while it is active can it be ended at all.
		const error = await revokeRow(device, target, stop, true);
		if (error) return error;
		const survivor = await activateSurvivor(device, input, stop, tell, shown, target);
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
	const survivor = await activateSurvivor(device, { ...input, survivors }, stop, tell, shown);
	if (survivor === "activated" || (survivor === "nobody" && target === active)) return revokeRow(device, target, stop);
	return survivor === "nobody" ? revokeLast(device, target, stop, tell) : survivor;
}

/** Activates the first survivor that is still there, the one used last before the others. */
async function activateSurvivor(
	device: Device,
	input: JobInput,
	stop: AbortSignal,
	tell: Tell,
	shown: Promise<void>[],
	left?: string,
): Promise<OperationError | "activated" | "nobody"> {
	for (const id of device.recency.sort(input.survivors)) {
		const { data, error } = await activateRow(device, id, stop);
		if (data) {
			shown.push(showActive(device, input, data, tell, left));
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

async function signOutAll(device: Device, input: JobInput, stop: AbortSignal, tell: Tell): Promise<void> {
	const { client, identity, send, vault } = device;
	let answer: Result<{ url?: string | null | undefined } | null> = ok(null);
	let shown: ReturnType<typeof identity.show> | undefined;
	const request = ({ signal }: SendOptions): Promise<typeof answer> =>
		new Promise((resolve) => {
			// Better Auth's own signal stays, since it tells the other tabs' `useSession`: it waits for this.
			const onSuccess = ({ data }: { data?: unknown }) => {
				const { success, output } = v.safeParse(SignOut.success, data);
				if (!success) return;
				resolve(ok(output));
				shown = identity.show(null, input.reason);
				return shown;
			};
			SignOut(client, { disableRedirect: true }, { signal, fetchOptions: { onSuccess } }).then(resolve);
		});
	const sent = await alone(device, input, stop, tell, async () => {
		answer = await send(SignOut.operation, stop, request);
	});
	if (!sent) return;
	const { data, error } = answer;
	if (error) {
		tell(rowFailed("", error));
		return tell({ type: "command.done" });
	}
	vault.clear();
	tellFault(await (shown ?? identity.show(null, input.reason)), tell);
	tell({ type: "device.signedOut", ...(data?.url && { url: data.url }) });
}
