import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** One page of a browser, as every browser can be driven: code in the page, the mouse, the keyboard. */
export interface Tab {
	/** Runs a function in the page; what it is given and what it returns goes over as JSON. */
	run<Args extends readonly unknown[], Value>(code: (...args: Args) => Value, ...args: Args): Promise<Awaited<Value>>;
	click(x: number, y: number): Promise<void>;
	press(key: Key): Promise<void>;
	close(): Promise<void>;
}

export type Key = "ArrowDown" | "End" | "Enter" | "Escape" | "Home" | "Tab";

export interface Engine {
	open(url: string): Promise<Tab>;
	close(): Promise<void>;
}

/** Debian's packages, where they are not there and can be had; whether they are there now. */
export function has(path: () => string | undefined, ...packages: string[]): boolean {
	if (path()) return true;
	if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
	try {
		for (const args of [["update"], ["install", "-y", ...packages]]) execFileSync("apt-get", args, { stdio: "ignore" });
	} catch {
		return false;
	}
	return path() !== undefined;
}

export const firstOf = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
