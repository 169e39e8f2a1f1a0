import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Whom the benchmark runs, and what each is: the words of the page. */
export interface Contender {
	/** The name of its page in test/bench/peers/pages. */
	readonly name: "device-sessions" | "plain-client" | "better-auth-ui" | "better-auth-tanstack";
	readonly title: string;
	/** The package that says its version. */
	readonly packages: readonly string[];
	readonly is: string;
}

export const peersFolder = join(import.meta.dirname, "peers");

export const contenders: readonly Contender[] = [
	{
		name: "device-sessions",
		title: "this package",
		packages: ["device-sessions"],
		is: "The store as a plugin of the client: `useDeviceSessions`, and Better Auth's own `useSession`.",
	},
	{
		name: "plain-client",
		title: "plain client",
		packages: ["better-auth"],
		is: "Better Auth's client with its plugin, as its documentation has it: the call, then the list again; `useSession` as it comes. No checks, no order between clicks or tabs, no successor.",
	},
	{
		name: "better-auth-ui",
		title: "better-auth-ui",
		packages: ["@better-auth-ui/core", "@better-auth-ui/react", "@tanstack/react-query"],
		is: "Its React hooks on TanStack Query, as its own components call them. It is a whole set of screens, of which these hooks are a small part. Its `useSession` is its own.",
	},
	{
		name: "better-auth-tanstack",
		title: "better-auth-tanstack",
		packages: ["@daveyplate/better-auth-tanstack", "@tanstack/react-query"],
		is: "Hooks on TanStack Query, as its README has them. Its `useSession` is its own, and is fresh for a minute by default.",
	},
];

/** The version of a package, of the peers' own folder first. */
export function versionOf(name: string): string {
	for (const folder of [peersFolder, process.cwd()]) {
		try {
			return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
		} catch {}
	}
	return JSON.parse(readFileSync("package.json", "utf8")).version;
}
