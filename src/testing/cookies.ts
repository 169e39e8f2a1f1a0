import type { ServerAnswer } from "./server-types.js";

/** What a browser profile keeps, and all its tabs share. */
export function createCookieJar(now: () => number) {
	const cookies = new Map<string, { readonly value: string; readonly until: number }>();
	return {
		/** What goes out with a request. */
		read(): ReadonlyMap<string, string> {
			for (const [name, { until }] of cookies) if (until <= now()) cookies.delete(name);
			return new Map([...cookies].map(([name, { value }]) => [name, value]));
		},
		/** Each with its end, in epoch ms. */
		kept: () => [...cookies].map(([name, { value, until }]) => [name, value, until] as const),
		/** What came back with an answer. */
		write(answer: ServerAnswer): void {
			for (const [name, cookie] of answer.cookies) {
				if (cookie) cookies.set(name, { value: cookie.value, until: now() + cookie.maxAge * 1000 });
				else cookies.delete(name);
			}
		},
	};
}

export type CookieJar = ReturnType<typeof createCookieJar>;
