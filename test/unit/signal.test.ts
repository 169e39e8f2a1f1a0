import { expect, test } from "vitest";
import { fireSignal } from "../../src/signal.js";

test("it fires the session signal, or the one that is named", () => {
	const fired: string[] = [];
	const client = { $store: { notify: (signal: string) => void fired.push(signal), atoms: {} } };
	fireSignal(client);
	fireSignal(client, "$listOrg");
	expect(fired).toEqual(["$sessionSignal", "$listOrg"]);
});

test("what has no store, such as a server, has no signals", () => {
	expect(() => fireSignal({})).not.toThrow();
});

test("a listener that throws is the page's fault: the caller goes on, and the page hears of it", async () => {
	const fault = new Error("a listener's own");
	const client = {
		$store: {
			notify() {
				throw fault;
			},
		},
	};
	// Nobody awaits it: what it rejects with is an `unhandledrejection` of the page.
	await expect(fireSignal(client)).rejects.toBe(fault);
});
