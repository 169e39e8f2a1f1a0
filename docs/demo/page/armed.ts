import { atom } from "nanostores";
import type { Fault, Group, Send } from "./faults.js";

/** A fault that waits for the next request of its group. */
export interface Armed {
	readonly group: Group;
	readonly fault: Fault;
}

/** How late answers are, while the network is slow. */
export interface Delay {
	readonly group: Group;
	readonly ms: number;
}

export const $armed = atom<readonly Armed[]>([]);
export const $delay = atom<Delay | null>(null);

/** Sends a request, with whatever is to go wrong with it. */
export async function sendFaultily(path: string, send: Send, signal: AbortSignal | null | undefined) {
	const armed = $armed.get().find(({ group }) => group.has(path));
	if (armed) $armed.set($armed.get().filter((other) => other !== armed));
	const delay = $delay.get();
	try {
		return await (armed ? armed.fault.answer(send) : send());
	} finally {
		// Late is the answer: by then the server has acted, and its cookies are here.
		if (delay?.group.has(path)) await pause(delay.ms, signal);
	}
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const timer = setTimeout(resolve, ms);
		signal?.addEventListener("abort", () => {
			clearTimeout(timer);
			reject(signal.reason);
		});
	});
}
