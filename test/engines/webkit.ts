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
	const act = (type: string, actions: object[]) =>
		send("actions", {
			actions: [{ type, id: type, actions, ...(type === "pointer" && { parameters: { pointerType: "mouse" } }) }],
		});
	await send("window/rect", { x: 0, y: 0, width: 800, height: 700 });
	return {
		async open(url) {
			await send("url", { url });
			return {
				// Safe: the code returns what it says it does.
				run: (code, ...args) =>
					send("execute/sync", { script: `return (${code})(...arguments)`, args }) as Promise<never>,
				async click(x, y) {
					await act("pointer", [
						{ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) },
						{ type: "pointerDown", button: 0 },
						{ type: "pointerUp", button: 0 },
					]);
				},
				async press(key) {
					const value = keys[key];
					await act("key", [
						{ type: "keyDown", value },
						{ type: "keyUp", value },
					]);
				},
				close: async () => {},
			};
		},
		async close() {
			await call("DELETE", `/session/${sessionId}`).catch(() => {});
			// Xvfb and the driver: they are one group of processes.
			if (driver.pid) process.kill(-driver.pid);
		},
	};
}
