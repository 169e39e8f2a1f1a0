import type { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent } from "../events.js";
import type { Job } from "./job.js";
import type { Activation } from "./requests.js";

type Showing = Pick<Job, "identity" | "input" | "sendBack" | "wire">;

/** The page is told before the state is. Its own failure is not the command's. */
export async function afterPage(
	{ sendBack }: Pick<Job, "sendBack">,
	told: Promise<OperationError | null>,
	event: DeviceSessionsEvent,
): Promise<void> {
	const error = await told;
	if (error) sendBack({ type: "callback.failed", error });
	sendBack(event);
}

/** Shows a row that was made active. A call that has ended while the page was told has set its cookie by now. */
export async function showActive(job: Showing, activation: Activation): Promise<void> {
	const told = job.identity.show(activation.row, job.input.reason);
	await told;
	const calls = job.wire?.underWay();
	const crossed = activation.crossed.filter((id) => !calls || calls.find((call) => call.id === id));
	return afterPage(job, told, { type: "row.activated", ...activation, crossed });
}

/** Takes a row away that the server does not know any more. */
export const showRevoked = (job: Showing, id: string): Promise<void> =>
	afterPage(job, job.identity.hide(id, job.input.reason), { type: "row.revoked", id });
