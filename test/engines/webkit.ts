import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstOf, has } from "../support/debian.js";
import { freePort } from "../support/free-port.js";
import { type Engine, type Key, type Place, pace, reach, type Setting } from "./engine.js";

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

const click = [
	{ type: "pointerDown", button: 0 },
	{ type: "pointerUp", button: 0 },
];

/** The browser's own bars are as narrow as can be: a window is no narrower than they are. */
const narrowBars = "* { min-width: 0; margin: 0; padding: 0; font-size: 1px }";

/** WebKit's own small browser, on a display of its own, over plain WebDriver. */
export async function startWebKit({ zoom, contrast }: Setting): Promise<Engine> {
	const port = await freePort();
	const config = mkdtempSync(join(tmpdir(), "webkit-"));
	mkdirSync(join(config, "gtk-3.0"));
	writeFileSync(join(config, "gtk-3.0/gtk.css"), narrowBars);
	const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
		stdio: "ignore",
		detached: true,
		env: {
			WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
			WEBKIT_DISABLE_COMPOSITING_MODE: "1",
			...process.env,
			XDG_CONFIG_HOME: config,
			...(zoom && { GDK_SCALE: String(zoom) }),
			...(contrast && { GTK_THEME: "HighContrast" }),
		},
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
			const execute = (script: string, ...args: unknown[]) =>
				drive(() => send("execute/sync", { script: `return ${script}`, args }));
			const clicks = (...places: readonly Place[]) =>
				drive(() =>
					act(
						"pointer",
						places.flatMap(({ x, y, times = 1 }, at) => [
							...(at ? [{ type: "pause", duration: reach }] : []),
							{ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) },
							...Array(times).fill(click).flat(),
						]),
					),
				);
			await drive(() => send("window/rect", { x: 0, y: 0, width: 800, height: 700 }));
			await drive(() => send("url", { url }));
			return {
				// Safe: the code returns what it says it does.
				run: (code, ...args) => execute(`(${code})(...arguments)`, ...args) as Promise<never>,
				click: (x, y, times = 1) => clicks({ x, y, times }),
				clicks,
				press(key) {
					const value = keys[key];
					return drive(() =>
						act("key", [
							{ type: "keyDown", value },
							{ type: "keyUp", value },
						]),
					);
				},
				hold(key, repeats) {
					// A key that one keyboard holds the driver presses once. What another one presses as well is a repeat to WebKit.
					const keyboards = Array.from({ length: repeats + 1 }, (_, at) => ({
						type: "key",
						id: `key${at}`,
						actions: [...Array(at).fill({ type: "pause", duration: pace }), { type: "keyDown", value: keys[key] }],
					}));
					return drive(async () => {
						await send("actions", { actions: keyboards });
						await call("DELETE", `/session/${sessionId}/actions`);
					});
				},
				async exposed(host, role, name) {
					// Safe: an element goes over as an object whose only value is its id.
					const shown = (await execute(
						"[...document.querySelector(arguments[0]).shadowRoot.querySelectorAll('*')].filter((one) => one.getClientRects().length)",
						host,
					)) as Record<string, string>[];
					const ask = (id: string, what: string) => call("GET", `/session/${sessionId}/element/${id}/computed${what}`);
					return drive(async () => {
						let count = 0;
						for (const [id = ""] of shown.map((one) => Object.values(one))) {
							if ((await ask(id, "role")) !== role) continue;
							if (name === undefined || (await ask(id, "label")) === name) count += 1;
						}
						return count;
					});
				},
				async resize(width, height) {
					// Safe: the difference of two numbers.
					const bars = (await execute("outerHeight - innerHeight")) as number;
					await drive(() => send("window/rect", { width, height: height + bars }));
				},
				goto: async (url) => void (await drive(() => send("url", { url }))),
				close: async () => void (await drive(() => call("DELETE", `/session/${sessionId}/window`))),
			};
		},
		async close() {
			await call("DELETE", `/session/${sessionId}`).catch(() => {});
			// Xvfb and the driver: they are one group of processes.
			if (driver.pid) process.kill(-driver.pid);
			rmSync(config, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}
