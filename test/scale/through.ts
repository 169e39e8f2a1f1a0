import { origin } from "../support/real-server.js";
import { type Rules, rulesHeader, toHeader } from "./auth.js";

/** Sends what is meant for the server to its balancer, from the address of this device. */
export const through =
	(url: string, device: number) =>
	(rules: Rules) =>
	async (request: Request): Promise<Response> => {
		const headers = new Headers(request.headers);
		headers.set("x-forwarded-for", addressOf(device));
		headers.set(rulesHeader, toHeader(rules));
		const { method, signal } = request;
		const body = method === "GET" ? undefined : await request.text();
		return fetch(request.url.replace(origin, url), {
			method,
			headers,
			signal,
			redirect: "manual",
			...(body && { body }),
		});
	};

/** An address that no other device has. */
const addressOf = (device: number): string => `10.${(device >> 16) & 255}.${(device >> 8) & 255}.${device & 255}`;
