import { sendFaultily } from "./armed.js";
import { LostAnswer } from "./faults.js";
import { cameBack, wasAsked, wasSent } from "./summary.js";

/** One request and its answer, without tokens, cookies or passwords. */
export interface Exchange {
	readonly at: Date;
	readonly method: string;
	readonly path: string;
	readonly sent: string;
	/** Null while the answer is on its way. */
	readonly answer: {
		readonly status: number | "failed" | "aborted";
		readonly ms: number;
		readonly came: string;
	} | null;
}

type Listener = (number: number, exchange: Exchange) => void;

const listeners = new Set<Listener>();
let count = 0;

export function onExchange(listener: Listener): void {
	listeners.add(listener);
}

export const loggedFetch: typeof fetch = async (input, init) => {
	const number = count++;
	const base = {
		at: new Date(),
		method: init?.method ?? "GET",
		path: wasAsked(new URL(input instanceof Request ? input.url : input, location.href)),
		sent: wasSent(init?.body),
	};
	const tell = (answer: Exchange["answer"]) => {
		for (const listener of listeners) listener(number, { ...base, answer });
	};
	const started = performance.now();
	const ms = () => Math.round(performance.now() - started);

	tell(null);
	try {
		const response = await sendFaultily(base.path, () => fetch(input, init), init?.signal);
		const text = await response.clone().text();
		tell({ status: response.status, ms: ms(), came: cameBack(text) });
		return response;
	} catch (error) {
		if (error instanceof LostAnswer) tell({ status: "failed", ms: ms(), came: error.message });
		else if (init?.signal?.aborted) tell({ status: "aborted", ms: ms(), came: "" });
		else tell({ status: "failed", ms: ms(), came: "no answer" });
		throw error;
	}
};
