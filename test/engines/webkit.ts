import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { firstOf, has } from "../support/debian.js";
import { freePort } from "../support/free-port.js";
import type { Engine, Key } from "./engine.js";

const miniBrowser = () =>
	readdirSync("/usr/lib")
		.map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
		.find((path) => existsSync(path));
const path = () => firstOf("/usr/bin/WebKitWebDriver") && firstOf("/usr/bin/xvfb-run") && miniBrowser();
export const hasWebKit = (): boolean => has(path, "webkit2gtk-driver", "xvfb", "xauth");

const keys: Record<Key, string> = {
	ArrowDown: "\uE015",
	End: "\uE010",
	Enter: "\uE007",
	Escape: "\uE00C",
	Home: "\uE011",
	Tab: "\uE004",
};

/** WebKit's own small browser, on a display of its own, over plain WebDriver. */
export async function startWebKit(): Promise<Engine> {
	const port = await freePort();
	const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
		stdio: "ignore",
		detached: true,
		env: { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1", ...process.env },
	});
	async function call(method: string, to: string, body?: object): Promise<unknown> {
		const response = await fetch(`http://127.0.0.1:${port}${to}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
			headers: { "content-type": "application/json" },
		});
		// Safe: every answer of a driver has this form.
		const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
		if (value?.error) throw new Error(`${value.error}: ${value.message}`);
		return value;
	}
	for (let tries = 0; tries < 50; tries += 1) {
		const isUp = await call("GET", "/status").then(
			() => true,
			() => false,
		);
		if (isUp) break;
		await new Promise((later) => setTimeout(later, 200));
	}
	const options = { binary: path(), args: ["--automation"] };
	// Safe: a session has an id.
	const { sessionId } = (await call("POST", "/session", {
		capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
	})) as { sessionId: string };
	const send = (to: string, body: object) => call("POST", `/session/${sessionId}/${to}`, body);
	async function act(type: string, actions: object[]): Promise<void> {
		await send("actions", {
			actions: [{ type, id: type, actions, ...(type === "pointer" && { parameters: { pointerType: "mouse" } }) }],
		});
	}
	// Safe: a window has a handle. This one stays: without any the driver would end.
	const first = (await call("GET", `/session/${sessionId}/window`)) as string;
	/** A driver drives one window at a time. */
	let last: Promise<unknown> = Promise.resolve();
	function inWindow<T>(handle: string, drive: () => Promise<T>): Promise<T> {
		const driven = last.then(async () => {
			await send("window", { handle });
			return drive();
		});
		last = driven.catch(() => {});
		return driven;
	}
	return {
		async open(url) {
			// Safe: a window has a handle.
			const { handle } = (await inWindow(first, () => send("window/new", { type: "window" }))) as { handle: string };
			const drive = <T>(how: () => Promise<T>) => inWindow(handle, how);
			await drive(() => send("window/rect", { x: 0, y: 0, width: 800, height: 700 }));
			await drive(() => send("url", { url }));
			return {
				// Safe: the code returns what it says it does.
				run: (code, ...args) =>
					drive(() => send("execute/sync", { script: `return (${code})(...arguments)`, args })) as Promise<never>,
				click: (x, y) =>
					drive(() =>
						act("pointer", [
							{ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) },
							{ type: "pointerDown", button: 0 },
							{ type: "pointerUp", button: 0 },
						]),
					),
				press(key) {
					const value = keys[key];
					return drive(() =>
						act("key", [
							{ type: "keyDown", value },
							{ type: "keyUp", value },
						]),
					);
				},
				goto: async (url) => void (await drive(() => send("url", { url }))),
				close: async () => void (await drive(() => call("DELETE", `/session/${sessionId}/window`))),
			};
		},
		async close() {
			await call("DELETE", `/session/${sessionId}`).catch(() => {});
			// Xvfb and the driver: they are one group of processes.
			if (driver.pid) process.kill(-driver.pid);
		},
	};
}
