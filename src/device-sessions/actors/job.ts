import type { OperationError } from "../../errors.js";
import type { DeviceSessionsEvent, JobInput } from "../events.js";
import type { Device } from "./device.js";

/** A command under way: what it is told, on which device, until when, and whom it tells. */
export interface Job<Input extends JobInput = JobInput> extends Device {
	readonly input: Input;
	readonly stop: AbortSignal;
	sendBack(event: DeviceSessionsEvent): void;
}

/** Nothing was sent, or nothing came of it. `unsure`: it may have taken effect all the same. */
export function giveUp({ sendBack }: Pick<Job, "sendBack">, error: OperationError, unsure = false): void {
	sendBack({ type: "command.failed", error, unsure });
	sendBack({ type: "command.done" });
}

/** No answer came, none that can be read, or a fault behind it. */
export const isUnsure = ({ status = 500 }: OperationError): boolean => status >= 500;
