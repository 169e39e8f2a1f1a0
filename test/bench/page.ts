import { code, table } from "../../docs/markdown.js";
import { contenders } from "./contenders.js";
import { number } from "./figures.js";
import type { Spread } from "./measure.js";
import type { Machine, Results } from "./results.js";
import { verdictsOf } from "./verdicts.js";
import { cpuOfPage, wire } from "./wire/page.js";

const ms = ({ low, median, high }: Spread, digits = 1): string =>
	`${number(median, digits)} (${number(low, digits)} … ${number(high, digits)})`;
const kB = (bytes: number | undefined): string => (bytes === undefined ? "" : `${number(bytes / 1_000, 1)} kB`);
const times = (value: number): string => `× ${number(value, 1)}`;

const measured = ({ cpus, date, node }: Machine): string => `Measured on ${date} with Node ${node} on ${cpus}.`;

type Part = (results: Results) => string | undefined;

const verdicts: Part = (results) => {
	const rows = verdictsOf(results).map((one) => [
		one.title,
		one.measured,
		one.limit,
		one.holds ? "holds" : "**misses**",
	]);
	return (
		results.budgets &&
		`## Budgets

Ratios of CPU time, each taken in one process and in turn, and held against the limits of the design. \`npm run bench -- --check\` measures these alone, and exits with 1 if one of them misses. ${measured(results.budgets.machine)}

${table(["ratio", "median (half of the rounds)", "limit", ""], rows)}

In ms of CPU, for the same work:

${table(
	["", "this package", "held against", "better-auth-ui on TanStack Query, without React"],
	results.budgets.figures.map(({ title, ours, base, others }) => [
		title,
		ms(ours),
		ms(base),
		others?.["better-auth-ui"] ? ms(others["better-auth-ui"]) : "has no such call",
	]),
)}

better-auth-tanstack is hooks for React alone, so it is measured in a page only: see below. Answers are there at once here, so this is the work of the clients and of what stands on them, not of a server.`
	);
};

const reads: Part = ({ reads: part }) => {
	if (!part) return undefined;
	const rows = part.figures.map(({ kind, rows: count, ours, client }) => [
		kind,
		number(count),
		ms(ours, 2),
		ms(client, 2),
		times(ours.median / client.median),
		number((ours.median * 1_000) / count, 1),
	]);
	return `## Reads

\`refetch\`, which is the list and the session, beside the client's list alone, in ms of CPU. A row must not cost more where there are more rows. ${measured(part.machine)}

${table(["what is new", "rows", "this package", "the client's list", "ratio", "µs a row"], rows)}`;
};

const memory: Part = ({ memory: part }) => {
	if (!part) return undefined;
	const { rows, ours, client, "better-auth-ui": ui } = part.figures;
	const row = (title: string, [one, ten]: readonly [number, number]) => [
		title,
		number(one),
		number(ten),
		times(ten / client[1]),
	];
	return `## Memory

Bytes that stay alive for each of ${number(rows)} rows, after one read and after ten that find nothing new. ${measured(part.machine)}

${table(
	["", "after one", "after ten", "to the client's own, after ten"],
	[
		row("this package", ours),
		row("the client's list, which somebody keeps", client),
		row("better-auth-ui on TanStack Query, without React", ui),
	],
)}`;
};

const life: Part = ({ life: part }) => {
	if (!part) return undefined;
	const { times: count, lives } = part.figures;
	return `## Long use

MB that are alive after so many in a row, of one store: it must not grow. ${measured(part.machine)}

${table(
	["", ...[1, 2, 3].map((round) => number(round * count))],
	lives.map(({ title, heap }) => [title, ...heap.map((size) => number(size, 2))]),
)}`;
};

const imports: Part = ({ imports: part }) => {
	if (!part) return undefined;
	const rows = part.figures.map(({ own, reason, title }) => [title, reason ? `not measured: ${reason}` : ms(own)]);
	return `## Import in Node

Ms of CPU of a new process, once what it shares with others is loaded: XState, nanostores, Valibot and Better Auth's client here; React, TanStack Query and Better Auth's client for the other two. "File by file" are the same sources, each its own file. ${measured(part.machine)}

${table(["", "ms"], rows)}`;
};

const sizes: Part = ({ sizes: part }) => {
	if (!part) return undefined;
	const rows = part.figures.map(({ own, reason, title, whole }) => [
		title,
		...(reason ? [`not measured: ${reason}`, "", "", ""] : [kB(own.esbuild), kB(own.vite), kB(own.rollup), kB(whole)]),
	]);
	return `## Bytes

What one import adds to a page, minified and brotli, without React and Better Auth's client, which everybody has. "With what it stands on" includes XState, nanostores and Valibot, or TanStack Query, which an app may have already. The store's goals are 15.0 kB of its own and 28.0 kB with what it stands on: \`npm test\` holds what it is today. Clerk's are the files of its packages for a browser, as they are. ${measured(part.machine)}

${table(["", "own, esbuild", "own, Vite", "own, Rollup", "with what it stands on"], rows)}`;
};

/** What misses a goal, in words, whatever the numbers are. */
function misses(results: Results): string {
	const list = verdictsOf(results)
		.filter(({ holds }) => !holds)
		.map(({ limit, measured: found, title }) => `- ${title}: ${found}. The limit is ${limit}.`);
	const [store] = results.sizes?.figures ?? [];
	const own = store?.own.esbuild ?? 0;
	const whole = store?.whole ?? 0;
	if (own > 15_000)
		list.push(`- The store's own code: ${kB(own)}. The goal is 15.0 kB. What is there is rules of order.`);
	if (whole > 28_000) list.push(`- The store with what it stands on: ${kB(whole)}. The goal is 28.0 kB.`);
	return list.length > 0 ? list.join("\n") : "Nothing that was measured.";
}

const beside: Part = (results) => {
	const versions = (results.wire ?? results.budgets)?.machine.versions ?? {};
	const rows = contenders.map(({ is, packages, title }) => [
		title,
		packages.map((name) => `${code(name)} ${versions[name] ?? ""}`).join(", "),
		is,
	]);
	const clerk =
		"It speaks to Clerk's own service and to nothing else, so it cannot be run against a Better Auth server. Only its bytes are here.";
	return `## Who is measured

${table(["", "versions", "what it is, and is not"], [...rows, ["Clerk", "`@clerk/clerk-js`, `@clerk/ui`", clerk]])}

Each is run as its documentation shows it: test/bench/peers/pages has a page of each. The machine's other versions: ${Object.entries(
		versions,
	)
		.filter(([name]) => !contenders.some(({ packages }) => packages.includes(name)))
		.map(([name, version]) => `${code(name)} ${version}`)
		.join(", ")}.`;
};

/** docs/benchmarks.md. */
export const pageOf = (results: Results): string =>
	`${[
		`# Benchmarks

\`npm run bench\` writes this page and its data, docs/benchmarks.json. Do not edit it. What counts are the ratios: this package and its peers are measured in turn in one run, so a slow or busy machine is slow for all of them. Times are medians, and in brackets is where half of the rounds lie. What can be counted (requests, notifications, bytes, merges) is held by \`npm test\`.`,
		`## What misses its goal\n\n${misses(results)}`,
		...[beside, verdicts, wire, cpuOfPage, reads, memory, life, imports, sizes].flatMap((part) => part(results) ?? []),
	].join("\n\n")}\n`;
