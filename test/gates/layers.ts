/** A part of the house: which files are in it, and what they may import beside each other. */
interface Layer {
	/** Files; folders with all that is below them, `src/core/`; the files right in a folder, `src/*`. The longest that fits decides. */
	readonly holds: readonly string[];
	readonly imports?: readonly string[];
	readonly packages?: readonly string[];
}

const modules = [
	"core",
	"email-verification",
	"multi-session",
	"organization",
	"password",
	"sign-in",
	"sign-up",
	"two-factor",
];
const inside = (...names: string[]) => names.map((name) => `src/device-sessions/${name}`);

/**
 * client → operation → wire → actor → machine → store → connect → element and page: what a layer imports stands above it.
 * The machine knows errors and rows alone, and the operations bring neither XState nor nanostores along.
 */
const layers: Readonly<Record<string, Layer>> = {
	errors: { holds: ["src/errors.ts", "src/is-object.ts", "src/one.ts", "src/schemas.ts"], packages: ["valibot"] },
	operation: { holds: ["src/*"], imports: ["errors"], packages: ["valibot"] },
	...Object.fromEntries(
		modules.map((name) => [
			name,
			{ holds: [`src/${name}/`], imports: ["errors", "operation"], packages: ["valibot"] } satisfies Layer,
		]),
	),
	vocabulary: { holds: inside("types.ts", "events.ts", "limits.ts", "values.ts"), imports: ["errors"] },
	page: { holds: inside("page/"), imports: ["errors", "operation", "vocabulary"] },
	tabs: { holds: inside("tabs/"), imports: ["vocabulary", "page"], packages: ["valibot"] },
	auth: {
		holds: inside("auth/"),
		imports: ["errors", "operation", ...modules, "vocabulary", "page", "tabs"],
		packages: ["valibot", "nanostores"],
	},
	wire: { holds: inside("wire/"), imports: ["operation", "vocabulary"] },
	identity: { holds: inside("identity/"), imports: ["errors", "operation", "vocabulary", "page", "tabs"] },
	actors: {
		holds: inside("actors.ts", "actors/"),
		imports: ["errors", "operation", ...modules, "vocabulary", "page", "tabs", "auth", "wire", "identity"],
		packages: ["valibot", "xstate"],
	},
	machine: {
		holds: inside("machine.ts", "machine/"),
		imports: ["errors", "vocabulary"],
		packages: ["xstate"],
	},
	store: {
		holds: inside("store.ts", "store/"),
		imports: ["errors", "operation", "vocabulary", "page", "tabs", "auth", "wire", "identity", "actors", "machine"],
		packages: ["valibot", "nanostores", "xstate"],
	},
	plugin: {
		holds: ["src/plugin.ts"],
		imports: ["errors", "operation", "vocabulary", "page", "auth", "wire", "store"],
		packages: ["better-auth"],
	},
	// What it needs of the store are types: connect is pure.
	connect: { holds: ["src/connect/"], imports: ["errors", "vocabulary", "store"] },
	// Types of the store here too: which one it shows it is told.
	element: { holds: ["src/element/"], imports: ["errors", "vocabulary", "store", "connect"] },
	// The component, and what each framework knows of the element.
	"element for frameworks": {
		holds: ["src/element/react.ts", "src/element/solid.ts", "src/element/svelte.ts", "src/element/vue.ts"],
		imports: ["errors", "vocabulary", "store", "connect", "element"],
		packages: ["react", "solid-js", "svelte", "vue"],
	},
	inspect: {
		holds: ["src/inspect.ts", "src/inspect/"],
		imports: ["errors", "vocabulary", "machine"],
		packages: ["xstate"],
	},
	// What an app keeps for each account: it watches a store that it is told.
	"per account": { holds: ["src/per-account.ts"], imports: ["errors", "operation"], packages: ["nanostores"] },
	// What of the store is in one file of the package.
	"whole store": { holds: ["src/device-sessions.ts"], imports: ["page", "machine", "store", "plugin"] },
	testing: { holds: ["src/testing/"], imports: ["errors", "page", "tabs", "whole store"], packages: ["better-auth"] },
	"front door": {
		holds: ["src/index.ts"],
		imports: ["errors", "operation", ...modules, "vocabulary", "page", "auth", "store", "whole store"],
	},
	// They show what a user writes.
	docs: { holds: ["docs/"], packages: ["*"] },
	test: { holds: ["test/"], packages: ["*"] },
};

function isIn(file: string, place: string): boolean {
	if (place.endsWith("/*")) return file.slice(0, file.lastIndexOf("/")) === place.slice(0, -2);
	return place.endsWith("/") ? file.startsWith(place) : file === place;
}

/** The layer that a file is in, by its path from the repository's root. */
export function layerOf(file: string): string {
	const fits = Object.entries(layers).flatMap(([name, { holds }]) =>
		holds.filter((place) => isIn(file, place)).map((place) => ({ name, place })),
	);
	const [best] = fits.sort((a, b) => b.place.length - a.place.length);
	if (!best) throw new Error(`${file} is in no layer: give it a place in test/gates/layers.ts.`);
	return best.name;
}

/** Why a file may not import this (a path from the root, or a package); undefined where it may. */
export function refusal(
	file: string,
	imported: { readonly path: string } | { readonly package: string },
): string | undefined {
	const own = layerOf(file);
	const { imports = [], packages = [] } = layers[own] ?? {};
	if ("package" in imported) {
		const name = imported.package.startsWith("@")
			? imported.package.split("/").slice(0, 2).join("/")
			: imported.package.split("/")[0];
		if (packages.includes("*") || packages.includes(name ?? "")) return undefined;
		return `${file} imports the package ${imported.package}, which ${own} may not`;
	}
	const other = layerOf(imported.path);
	if (other === own || imports.includes(other)) return undefined;
	return `${file} (${own}) imports ${imported.path} (${other})`;
}
