import { relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import type * as Store from "../../src/index.js";
import type * as Kit from "../../src/testing/index.js";
import { number, print } from "./figures.js";

// How many files you read when you follow one command through the sources. Each function of src reports its file when
// it starts.

const sources = resolve("src");
const kit = resolve("src/testing");

/** The files of the functions that have started, in order. */
const entered: string[] = [];
let counting = false;
Object.assign(globalThis, {
	enterFile(path: string) {
		if (counting) entered.push(path);
	},
});

/** The same source, with a call of `enterFile` at the start of each function's body. */
function trace(path: string, code: string): string {
	const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
	const call = `enterFile(${JSON.stringify(relative(sources, path))})`;
	const inserts: { readonly at: number; readonly text: string }[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) && "body" in node && node.body) {
			// Safe: a function's body is one of its nodes.
			const body = node.body as ts.Node;
			if (ts.isBlock(body)) inserts.push({ at: body.getStart(source) + 1, text: `${call};` });
			else inserts.push({ at: body.getStart(source), text: `(${call}, ` }, { at: body.getEnd(), text: ")" });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	// From the end to the start, so that no position moves.
	let traced = code;
	for (const { at, text } of inserts.toSorted((a, b) => b.at - a.at))
		traced = traced.slice(0, at) + text + traced.slice(at);
	return traced;
}

const tracing: Plugin = {
	name: "tracing",
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, ({ path }) => {
			if (!path.startsWith(`${sources}/`) || path.startsWith(`${kit}/`)) return undefined;
			return { contents: trace(path, ts.sys.readFile(path) ?? ""), loader: "ts" };
		});
	},
};

/** The sources and the testing kit, bundled so that both use the same copy of each file. */
async function load(): Promise<
	Pick<typeof Store, "createDeviceSessions"> & Pick<typeof Kit, "createTestDevice" | "settle">
> {
	const contents = [
		`export { createDeviceSessions } from "./src/index.js";`,
		`export { createTestDevice, settle } from "./src/testing/index.js";`,
	].join("\n");
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: resolve(".") },
		plugins: [tracing],
		bundle: true,
		format: "esm",
		platform: "node",
		write: false,
	});
	return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? "").toString("base64")}`);
}

const { createDeviceSessions, createTestDevice, settle } = await load();
type TracedStore = Store.DeviceSessions;

/** The files that a command runs through, from the call until its promise has settled, on a store that is idle. */
async function follow(run: (store: TracedStore) => Promise<{ readonly error: unknown }>): Promise<string[]> {
	const { client } = createTestDevice({ accounts: ["Ada", "Bob"] });
	const store = createDeviceSessions(client);
	const leave = store.subscribe(() => {});
	while (store.value?.isPending !== false || store.value.status !== "idle") await settle();
	// Better Auth fires its signal 10 ms after an answer. Held back, it is never counted, however slow the machine is.
	const { setTimeout } = globalThis;
	const kept: (() => void)[] = [];
	Object.assign(globalThis, { setTimeout: (timer: () => void) => kept.push(timer) });
	entered.length = 0;
	counting = true;
	const { error } = await run(store);
	counting = false;
	Object.assign(globalThis, { setTimeout });
	if (error) throw error;
	for (const timer of kept) timer();
	await settle();
	leave();
	await store.destroy();
	return [...entered];
}

const commands = {
	setActive: (store: TracedStore) =>
		store.setActive(store.value?.sessions.find(({ id }) => id !== store.value?.active?.id)?.id ?? ""),
	refetch: (store: TracedStore) => store.refetch(),
};

const rows: string[][] = [];
const lists: string[] = [];
for (const [name, run] of Object.entries(commands)) {
	const files = await follow(run);
	if ((await follow(run)).join() !== files.join()) throw new Error(`${name} runs through other files the second time`);
	const distinct = [...new Set(files)];
	const changes = files.filter((file, index) => index > 0 && file !== files[index - 1]).length;
	rows.push([name, number(distinct.length), number(changes), number(files.length)]);
	lists.push(`\n${name}, in the order of first use\n${distinct.map((file) => `  ${file}`).join("\n")}`);
}
print(
	"The files of src that one command runs through",
	["command", "files", "changes of file", "function calls"],
	rows,
);
for (const list of lists) console.log(list);
