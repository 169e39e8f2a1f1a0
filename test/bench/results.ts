import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Budget } from "./budgets.js";
import { versionOf } from "./contenders.js";
import type { Import } from "./imports.js";
import type { Lives } from "./long-life.js";
import type { Memory } from "./memory.js";
import type { Read } from "./reads.js";
import type { Size } from "./sizes.js";
import type { WireFigures } from "./wire/main.js";

/** What each part of the benchmark measures. */
export interface Parts {
	budgets: Budget[];
	reads: Read[];
	memory: Memory;
	life: Lives;
	imports: Import[];
	sizes: Size[];
	wire: WireFigures;
}
export type PartName = keyof Parts;

export interface Machine {
	readonly date: string;
	readonly node: string;
	readonly cpus: string;
	readonly versions: Readonly<Record<string, string>>;
}

/** docs/benchmarks.json: of each part, when and where it was measured last. */
export type Results = { [Name in PartName]?: { readonly machine: Machine; readonly figures: Parts[Name] } };

const kept = join(process.cwd(), "docs/benchmarks.json");

export const readResults = (): Results => (existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {});

/** Four digits say all that a measurement knows. */
const short = (_: string, value: unknown): unknown =>
	typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

export const writeResults = (results: Results): void =>
	writeFileSync(kept, `${JSON.stringify(results, short, "\t")}\n`);

const versioned = [
	"device-sessions",
	"better-auth",
	"xstate",
	"nanostores",
	"valibot",
	"@better-auth-ui/core",
	"@better-auth-ui/react",
	"@daveyplate/better-auth-tanstack",
	"@tanstack/react-query",
	"react",
];

export function thisMachine(): Machine {
	const [cpu] = cpus();
	return {
		date: new Date().toISOString().slice(0, 10),
		node: process.versions.node,
		cpus: `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}`,
		versions: Object.fromEntries(versioned.map((name) => [name, versionOf(name)])),
	};
}
