import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const applications = ["Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium"];

const flags = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** A real Chromium: the one that is here, else one that is installed now. Playwright leaves its back-forward cache off. */
export async function launchChromium({ backForwardCache = false } = {}): Promise<Browser> {
	// Chromium refuses to run as root inside its sandbox.
	const args = isRoot() ? [...flags, "--no-sandbox"] : flags;
	return chromium.launch({
		executablePath: chromiumPath(),
		args,
		...(backForwardCache && { ignoreDefaultArgs: ["--disable-back-forward-cache"] }),
	});
}

/** Where Chromium is, once it is there. */
export const chromiumPath = (): string => findChromium() ?? installChromium();

function findChromium(): string | undefined {
	const asked = process.env["CHROMIUM_PATH"];
	if (asked) {
		if (existsSync(asked)) return asked;
		throw new Error(`CHROMIUM_PATH is ${asked}, where there is nothing.`);
	}
	const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"];
	const candidates = [
		...folders.flatMap((folder) => names.map((name) => join(folder, name))),
		...["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
			applications.map((application) => join(folder, application)),
		),
		// Playwright's own cache, where this version's browser would be.
		chromium.executablePath(),
	];
	return candidates.find((path) => existsSync(path));
}

function installChromium(): string {
	const commands = canUseApt()
		? [
				["apt-get", "update"],
				["apt-get", "install", "-y", "chromium"],
			]
		: [["npx", "playwright-core", "install", "chromium"]];
	try {
		for (const [command = "", ...args] of commands)
			execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
	} catch (cause) {
		throw new Error(advice, { cause });
	}
	const path = findChromium();
	if (!path) throw new Error(advice);
	return path;
}

/** The warnings and errors in a page's console, from now on. */
export function listenTo(page: Page): readonly string[] {
	const said: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "warning" || message.type() === "error") said.push(message.text());
	});
	page.on("pageerror", (error) => said.push(String(error)));
	return said;
}

const advice =
	"No Chromium was found and none could be installed. Install Chromium or Chrome, or run " +
	"`npx playwright-core install chromium`, or say where it is with CHROMIUM_PATH.";

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

function canUseApt(): boolean {
	return isRoot() && existsSync("/usr/bin/apt-get");
}
