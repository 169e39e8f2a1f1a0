import { createAuthClient } from "better-auth/client";
import { onTestFinished, vi } from "vitest";
import { createWire, type WireListener } from "../../../../src/device-sessions/wire/wire.js";

export const baseURL = "http://localhost:3000/api/auth";

export type Respond = (url: string, init: RequestInit) => Promise<Response>;

/** Writes down what a wire tells. */
export function write(lines: string[]): WireListener {
	return ({ method, path }) => {
		lines.push(`began ${method} ${path}`);
		return ({ status, goesOn = false, isHalfWay = false, isLate = false }) => {
			const how = [isHalfWay && ", half-way", goesOn && ", goes on elsewhere", isLate && ", late"]
				.filter(Boolean)
				.join("");
			lines.push(`ended ${method} ${path}: ${status}${how}`);
		};
	};
}

export const succeed: Respond = async () => Response.json({});

/** A client of Better Auth's whose calls a wire sees, with what the wire tells. */
export function open(
	respond: Respond = succeed,
	more: Omit<Parameters<typeof createAuthClient>[0] & object, "plugins"> = {},
) {
	const wire = createWire();
	const told: string[] = [];
	const stop = wire.listen(write(told));
	const customFetchImpl: typeof fetch = (input, init) => respond(String(input), init ?? {});
	const { $fetch } = createAuthClient({
		baseURL,
		...more,
		plugins: [{ id: "wire", fetchPlugins: [wire.fetchPlugin] }],
		fetchOptions: { customFetchImpl, ...more.fetchOptions },
	});
	return { wire, told, stop, $fetch };
}

/** A `fetch` that does not come back by itself. */
export function held() {
	const sent: RequestInit[] = [];
	let answer: (response: Response) => void = () => {};
	const respond: Respond = (_, init) => {
		sent.push(init);
		return new Promise((resolve) => {
			answer = resolve;
		});
	};
	return { respond, sent, answer: (response: Response) => answer(response) };
}

/** Errors that went to the page. */
export function watchPage(): unknown[] {
	const thrown: unknown[] = [];
	vi.stubGlobal("queueMicrotask", (run: () => void) => {
		try {
			run();
		} catch (error) {
			thrown.push(error);
		}
	});
	onTestFinished(() => void vi.unstubAllGlobals());
	return thrown;
}
