import { destroyed, failed, type Result } from "../../errors.js";
import { soon } from "../../soon.js";
import type { CommandEvent, DeviceSessionsEmitted } from "../events.js";

type Numbers = Pick<CommandEvent, "ticket" | "batch">;

/**
 * Who waits for the answer of which command. Commands that are asked for in one go, before anything is sent, share a
 * batch: one read serves them all.
 */
export function createTickets() {
	const waiting = new Map<number, (result: Result<never>) => void>();
	let tickets = 0;
	let batch = 0;
	let isOpen = false;
	let isClosed = false;

	function currentBatch(): number {
		if (isOpen) return batch;
		isOpen = true;
		batch += 1;
		soon(() => {
			isOpen = false;
		});
		return batch;
	}

	return {
		/** Sends a command and waits for its answer. After `close` nothing is sent. */
		ask<T>(send: (numbers: Numbers) => void): Promise<Result<T>> {
			if (isClosed) return Promise.resolve(failed(destroyed()));
			tickets += 1;
			const numbers = { ticket: tickets, batch: currentBatch() };
			return new Promise((resolve) => {
				waiting.set(numbers.ticket, resolve);
				send(numbers);
			});
		},
		answer({ tickets: answered, result }: Extract<DeviceSessionsEmitted, { type: "answered" }>): void {
			for (const ticket of answered) {
				// Safe: a command is answered with the result of its own kind.
				waiting.get(ticket)?.(result as Result<never>);
				waiting.delete(ticket);
			}
		},
		close(): void {
			isClosed = true;
		},
	};
}
