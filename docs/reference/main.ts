/**
 * Writes docs/api, a page for each entry of the package, from the sources: a part of `npm run docs`. What is exported
 * without a docstring ends it with an error.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Comment, ReferenceType, type Reflection, ReflectionKind, ReflectionType } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

const root = join(import.meta.dirname, "../..");
const manifest: { exports: Record<string, string | { default: string }> } = JSON.parse(
	readFileSync(join(root, "package.json"), "utf8"),
);
/** The sources of what package.json exports. */
const entryPoints = Object.values(manifest.exports).flatMap((target) =>
	typeof target === "string" ? [] : [target.default.replace("./dist", "src").replace(/js$/, "ts")],
);

const pages: Partial<PluginOptions> = {
	entryFileName: "index",
	hideBreadcrumbs: true,
	hidePageHeader: true,
	useHTMLEncodedBrackets: true,
};
const app = await Application.bootstrapWithPlugins({
	plugin: ["typedoc-plugin-markdown"],
	entryPoints: entryPoints.map((path) => join(root, path)),
	tsconfig: join(root, "tsconfig.build.json"),
	name: "device-sessions",
	readme: "none",
	excludeExternals: true,
	disableSources: true,
	disableGit: true,
	// Types are a gate of their own.
	skipErrorChecking: true,
	requiredToBeDocumented: [
		"Module",
		"Namespace",
		"Enum",
		"EnumMember",
		"Variable",
		"Function",
		"Class",
		"Interface",
		"Property",
		"Method",
		"GetSignature",
		"TypeAlias",
	],
	validation: { notDocumented: true, notExported: false, invalidLink: true, invalidPath: true },
	treatWarningsAsErrors: true,
	logLevel: "Warn",
	router: "module",
	outputs: [{ name: "markdown", path: join(root, "docs/api") }],
	...pages,
});
/** A member of a type without a name: inferred from a schema, most of them, or a part of a union. */
const isNameless = ({ parent }: Reflection): boolean =>
	parent !== undefined && ((parent.kindOf(ReflectionKind.TypeLiteral) && !isNamed(parent)) || isNameless(parent));
/** `type Name = { … }` */
const isNamed = ({ parent }: Reflection): boolean =>
	parent?.kindOf(ReflectionKind.TypeAlias) === true && parent.isDeclaration() && parent.type instanceof ReflectionType;
/** A member of a mapped type: it stands nowhere. */
const isMapped = (one: Reflection): boolean => one.project.getSymbolIdFromReflection(one)?.packagePath === "";
/** What stands in the source of another export with a docstring: a property that mirrors an accessor of the element. */
const mirrors = (reflection: Reflection): boolean => reflection.parent?.name === "AccountSwitcherProps";

const project = await app.convert();
if (!project) process.exit(1);
// These count as documented while TypeDoc looks for what is not.
const bare = Object.values(project.reflections).filter(
	(one) => !one.comment && (isNameless(one) || isMapped(one) || mirrors(one)),
);
for (const one of bare) one.comment = new Comment([{ kind: "text", text: "Inferred." }]);
app.validate(project);
for (const one of bare) delete one.comment;
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
// The schemas of an operation say what they infer: docs/operations.md has them as tables.
for (const { type } of project.getReflectionsByKind(ReflectionKind.Variable).filter((one) => one.isDeclaration()))
	if (type instanceof ReferenceType && type.name === "Operation") delete type.typeArguments;
await app.generateOutputs(project);
