import type { createCookieJar } from "./cookies.js";
import type { TestServer } from "./server.js";
import type { Fate, Transit, Trip } from "./transit.js";

/** What happens to one request and its answer. */
export interface Disturbance {
	/** How long the request takes to the server, in ms of simulated time. */
	readonly delay?: number;
	/** How long the answer takes back. */
	readonly lag?: number;
	/** What never arrives: the request, with nothing done, the answer to what was done, or the body behind its cookies. */
	readonly lose?: "request" | "answer" | "body";
	/** What answers before the server is reached: a rate limit, a proxy. */
	readonly refuse?: () => Response;
	/** Another answer in place of the server's, which has acted all the same. */
	readonly answer?: (real: { readonly status: number; readonly body: unknown }) => Response;
}

/** A request that waits to be sent on, and whose answer then waits to be let through. */
export interface HeldRequest {
	/** Below the client's base URL, `"/multi-session/set-active"`. */
	readonly path: string;
	/** Lets the server act; the answer goes on waiting. */
	act(): void;
	/** Lets the server act where it has not, and the answer through; or another answer, or a broken connection. */
	release(instead?: Response | Error): void;
}

/** The page that sends. */
export interface Sender {
	readonly tab: number;
	readonly requests: string[];
	isOnline(): boolean;
	isClosed(): boolean;
	/** Aborted when the page is closed. */
	readonly closing: AbortSignal;
}

interface Ways {
	readonly server: TestServer;
	readonly jar: ReturnType<typeof createCookieJar>;
	readonly transit: Transit;
	/** How long one way takes, in ms. */
	latency(): number;
}

const broken = () => new TypeError("Failed to fetch");

/** A response whose headers have come, and whose body has not. */
function withoutBody(status: number): Response {
	const body = new ReadableStream({ start: (controller) => controller.error(broken()) });
	return new Response(body, { status, headers: { "content-type": "application/json" } });
}

/** How a request has come to the server; `isThrough`: its answer has come as well. */
interface Arrival {
	readonly fate: Fate;
	readonly instead?: Response | Error | undefined;
	readonly isThrough?: boolean;
}

/** What `fetch` is given. A `Request` costs as much as all the rest of the way: only what it alone understands is made one. */
function sentBy(input: string | URL | Request, init: RequestInit = {}) {
	const { body = "", method = "GET", signal } = init;
	if (!(input instanceof Request) && typeof (body ?? "") === "string")
		// Safe: just asked.
		return { method: method.toUpperCase(), signal, url: String(input), content: (body ?? "") as string };
	const request = new Request(input, init);
	return { method: request.method, signal: request.signal, url: request.url, content: request.text() };
}

/** What lies between the pages of a device and its server. */
export function createWire({ server, jar, transit, latency }: Ways) {
	const requests: string[] = [];
	const disturbances: { path: string; how: Disturbance; times: number }[] = [];
	const holds: { path: string; take(held: HeldRequest): void }[] = [];

	function disturbanceOf(path: string): Disturbance {
		const found = disturbances.find((one) => one.path === path && one.times > 0);
		if (!found) return {};
		found.times -= 1;
		return found.how;
	}

	const underWay = new Set<{ readonly page: Sender; readonly path: string }>();

	/** `fetch`, for one page. */
	const fetchFor =
		(page: Sender): typeof fetch =>
		async (input, init) => {
			const { method, signal, url, content } = sentBy(input, init);
			const { pathname, searchParams } = new URL(url);
			const path = pathname.replace(/^.*?\/api\/auth/, "");
			const isCertain = searchParams.get("disableCookieCache") === "true";
			const line = `${method} ${path}`;
			if (signal?.aborted) throw signal.reason;
			if (!page.isOnline() || page.isClosed()) throw broken();
			requests.push(line);
			page.requests.push(line);
			// A browser attaches its cookies when it sends.
			const sent = jar.read();
			const text = await content;
			const body: Record<string, unknown> = text ? JSON.parse(text) : {};
			const trip: Trip = { cookies: sent, text };
			const act = () => {
				trip.answer ??= server.handle(line, body, sent, isCertain);
				return trip.answer;
			};
			const how = disturbanceOf(path);
			const index = holds.findIndex((one) => one.path === path);
			const [hold] = index < 0 ? [] : holds.splice(index, 1);

			const isGone = () => signal?.aborted || page.isClosed();
			const way = { tab: page.tab, what: line, isGone, trip };

			/** On hold: a request until the server has acted, an answer from then on. */
			const pause = ({ take }: (typeof holds)[number]) =>
				new Promise<Arrival>((resolve) => {
					const end = (arrival: Arrival) => {
						leave();
						resolve(arrival);
					};
					const actHeld = () => {
						if (trip.answer) return;
						act();
						leave();
						leave = transit.list({ ...way, kind: "answer" }, (fate) => end({ fate, isThrough: true }));
					};
					let leave = transit.list({ ...way, kind: "request" }, (fate) =>
						fate === "delivered" ? actHeld() : end({ fate }),
					);
					take({ path, act: actHeld, release: (instead) => end({ fate: "delivered", instead }) });
				});

			/** The whole way there and back; it goes on when the page has lost interest. */
			async function travel(): Promise<Response> {
				const { fate, instead, isThrough }: Arrival = hold
					? await pause(hold)
					: { fate: await transit.pass({ ...way, kind: "request" }, (how.delay ?? 0) + latency()) };
				if (instead instanceof Error) throw instead;
				if (fate === "lost") throw broken();
				const refusal = how.refuse?.();
				if (refusal) {
					if (transit.isManual && (await transit.pass({ ...way, kind: "answer" }, 0)) !== "delivered") throw broken();
					return refusal;
				}
				if (how.lose === "request" || (!trip.answer && isGone())) throw broken();
				const answer = act();
				const back = isThrough ? fate : await transit.pass({ ...way, kind: "answer" }, (how.lag ?? 0) + latency());
				// A connection that was given up brings no cookie any more.
				if (back === "lost" || how.lose === "answer" || isGone()) throw broken();
				jar.write(answer);
				if (back === "body lost" || how.lose === "body") return withoutBody(answer.status);
				if (instead) return instead;
				if (how.answer) return how.answer(answer);
				const headers = { "content-type": "application/json" };
				return answer.body === undefined
					? new Response(null, { status: answer.status })
					: new Response(JSON.stringify(answer.body), { status: answer.status, headers });
			}
			const entry = { page, path: line };
			underWay.add(entry);
			const travelled = travel().finally(() => underWay.delete(entry));
			// Whoever comes too late has nobody to tell.
			return new Promise((resolve, reject) => {
				const forget = () => {
					signal?.removeEventListener("abort", abort);
					page.closing.removeEventListener("abort", close);
				};
				const leave = (reason: unknown) => {
					underWay.delete(entry);
					forget();
					reject(reason);
				};
				const abort = () => leave(signal?.reason);
				const close = () => leave(broken());
				signal?.addEventListener("abort", abort);
				page.closing.addEventListener("abort", close);
				travelled.then(resolve, reject).finally(forget);
			});
		};

	return {
		requests,
		underWay,
		fetchFor,
		/** The next requests to this path fare so. */
		disturb(path: string, how: Disturbance, times: number): void {
			disturbances.push({ path, how, times });
		},
		/** Resolves with the next request to this path, held. */
		hold: (path: string): Promise<HeldRequest> => new Promise((take) => holds.push({ path, take })),
		/** From here on all goes well. */
		heal(): void {
			disturbances.length = 0;
			holds.length = 0;
		},
	};
}
