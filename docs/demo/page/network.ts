import { cameBack, wasSent } from "./summary.js";

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
const slowness = 1200;
let slow = false;
let count = 0;

export function onExchange(listener: Listener): void {
	listeners.add(listener);
}

/** So that busy rows and passing states can be seen: on one machine they last some milliseconds. */
export function setSlow(value: boolean): void {
	slow = value;
}

export const loggedFetch: typeof fetch = async (input, init) => {
	const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
	const number = count++;
	const base = {
		at: new Date(),
		method: init?.method ?? "GET",
		path: pathname.replace("/api/auth", ""),
		sent: wasSent(init?.body),
	};
	const tell = (answer: Exchange["answer"]) => {
		for (const listener of listeners) listener(number, { ...base, answer });
	};
	const started = performance.now();
	const ms = () => Math.round(performance.now() - started);

	tell(null);
	try {
		if (slow) await pause(slowness, init?.signal);
		const response = await fetch(input, init);
		const text = await response.clone().text();
		tell({ status: response.status, ms: ms(), came: cameBack(text) });
		return response;
	} catch (error) {
		const aborted = init?.signal?.aborted === true;
		tell({ status: aborted ? "aborted" : "failed", ms: ms(), came: aborted ? "overtaken" : "no answer" });
		throw error;
	}
};

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, ms);
		signal?.addEventListener("abort", () => {
			clearTimeout(timer);
			reject(signal.reason);
		});
	});
}
