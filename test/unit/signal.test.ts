import { expect, test, vi } from "vitest";
import { fireSignal } from "../../src/signal.js";

test("it fires the session signal, or the one that is named", () => {
	const fired: string[] = [];
	const client = { $store: { notify: (signal: string) => void fired.push(signal), atoms: {} } };
	fireSignal(client);
	fireSignal(client, "$listOrg");
	expect(fired).toEqual(["$sessionSignal", "$listOrg"]);
});

test("what has no store, such as a server, has no signals, and the page hears of no fault", () => {
	const later = vi.spyOn(globalThis, "queueMicrotask");
	fireSignal({});
	expect(later).not.toHaveBeenCalled();
	later.mockRestore();
});

test("a listener that throws is the page's fault: the caller goes on, and the page hears of it", () => {
	const later = vi.spyOn(globalThis, "queueMicrotask").mockImplementation(() => {});
	const fault = new Error("a listener's own");
	const client = {
		$store: {
			notify() {
				throw fault;
			},
		},
	};
	expect(() => fireSignal(client)).not.toThrow();
	const [[run] = []] = later.mock.calls;
	later.mockRestore();
	expect(run).toThrow(fault);
});
