import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type BundlerName, bundle, bundlerNames } from "../package/bundlers.js";
import { peersFolder } from "./contenders.js";

/** Bytes of what one import adds to a page, minified and brotli; React and Better Auth's client left out. */
export interface Size {
	readonly title: string;
	/** By the bundler that made it. */
	readonly own: Partial<Record<BundlerName, number>>;
	/** With what it stands on: XState, nanostores and Valibot, or TanStack Query. By esbuild. */
	readonly whole?: number;
	readonly reason?: string;
}

const everybodys = /^(react|react-dom|better-auth|@better-auth\/core|@better-fetch\/fetch)(\/|$)/;
const dist = (path: string) => JSON.stringify(resolve("dist", path));
/** What stands below the list of what a page imports of a peer. */
const own = [
	{ title: "the store", code: `export { createDeviceSessions } from ${dist("index.js")};` },
	{ title: "the store as a plugin", code: `export { deviceSessionsClient } from ${dist("index.js")};` },
	{ title: "one operation", code: `export { SetActive } from ${dist("multi-session/index.js")};` },
];
const hooks = [
	{
		title: "better-auth-ui: the hooks, without any component of its screens",
		code: `export { AuthProvider, useSession, useSignOut } from "@better-auth-ui/react";
			export { useListDeviceSessions, useRevokeMultiSession, useSetActiveSession } from "@better-auth-ui/react/plugins/multi-session";`,
	},
	{
		title: "better-auth-tanstack",
		code: `export { AuthQueryProvider, createAuthHooks } from "@daveyplate/better-auth-tanstack";`,
	},
];

/** Wants `npm run build` first. */
export async function benchSizes(): Promise<Size[]> {
	const isPackage = (id: string) => /^[^./]/.test(id);
	const isEverybodys = (id: string) => everybodys.test(id);
	const sizes: Size[] = [];
	for (const { title, code } of own) {
		const bytes: Partial<Record<BundlerName, number>> = {};
		for (const name of bundlerNames) bytes[name] = (await bundle(name, code, isPackage)).bytes;
		sizes.push({ title, own: bytes, whole: (await bundle("esbuild", code, isEverybodys)).bytes });
	}
	const client = `export { QueryClient, QueryClientProvider } from "@tanstack/react-query";`;
	for (const { title, code } of hooks) {
		const queries = (id: string) => isEverybodys(id) || id.startsWith("@tanstack/");
		sizes.push({
			title,
			own: { esbuild: (await bundle("esbuild", code, queries, peersFolder)).bytes },
			whole: (await bundle("esbuild", code + client, isEverybodys, peersFolder)).bytes,
		});
	}
	return [...sizes, ...clerk()];
}

const packed: Readonly<Record<string, string>> = JSON.parse(
	readFileSync(join(peersFolder, "package.json"), "utf8"),
).packed;

/** The files of a package that is read and not run, in the peers' own folder. */
function unpack(name: string): string {
	const folder = join(peersFolder, "node_modules/.packed", name.replace(/[@/]/g, "_"));
	if (existsSync(folder)) return folder;
	const spec = Object.keys(packed).find((one) => one.startsWith(`${name}@`)) ?? name;
	const parent = join(peersFolder, "node_modules/.packed");
	mkdirSync(parent, { recursive: true });
	const [made]: { filename: string }[] = JSON.parse(
		execFileSync("npm", ["pack", "--json", spec], {
			cwd: parent,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
		}),
	);
	const tarball = join(parent, made?.filename ?? "");
	const integrity = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
	if (integrity !== packed[spec]) throw new Error(`${spec} is not what it was: ${integrity}`);
	mkdirSync(folder);
	execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder]);
	return folder;
}

const bytesOf = (folder: string, files: readonly string[]): number =>
	files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, "dist", file))).length, 0);

/** Clerk works with Clerk's own service alone, so nothing of it can be run here: what its packages have for a browser. */
function clerk(): Size[] {
	const titles = ["Clerk: `clerk.browser.js` alone", "Clerk: its UI with what `<UserButton />` loads"];
	try {
		const script = unpack("@clerk/clerk-js");
		const ui = unpack("@clerk/ui");
		return [
			{ title: titles[0] ?? "", own: { esbuild: bytesOf(script, ["clerk.browser.js"]) } },
			{ title: titles[1] ?? "", own: { esbuild: bytesOf(ui, ["ui.browser.js", ...chunksOf(ui)]) } },
		];
	} catch (error) {
		const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
		return titles.map((title) => ({ title, own: {}, reason }));
	}
}

/** The files that its entry loads for the button, which webpack names by number. */
function chunksOf(folder: string): string[] {
	const code = readFileSync(join(folder, "dist/ui.browser.js"), "utf8");
	const [, list = ""] = /UserButton:\(\)=>Promise\.all\(\[([^\]]*)\]\)/.exec(code) ?? [];
	const ids = [...list.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => id ?? "");
	const [, hash = ""] = /\.h=\(\)=>"(\w{6})/.exec(code) ?? [];
	const { version }: { version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const files = ids.map((id) => {
		const [, name = id] = new RegExp(`[{,]${id}:"([\\w-]+)"`).exec(code) ?? [];
		return `${name}_ui_${hash}_${version}.js`;
	});
	const there = readdirSync(join(folder, "dist"));
	const missing = files.filter((file) => !there.includes(file));
	if (files.length === 0 || missing.length > 0) throw new Error(`its chunks were not found: ${missing.join(", ")}`);
	return files;
}
