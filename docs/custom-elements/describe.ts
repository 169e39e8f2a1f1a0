import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const tag = "account-switcher";
const name = "AccountSwitcher";
const path = "dist/element/account-switcher.js";

const kebab = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const parse = (file: string) =>
	ts.createSourceFile(file, readFileSync(join(root, "src/element", file), "utf8"), ts.ScriptTarget.Latest, true);

/** The first paragraph of a docstring, in one line. */
function descriptionOf(node: ts.Node): string {
	const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
	return (ts.getTextOfJSDocComment(comment?.comment) ?? "").replaceAll(/\s*\n\s*/g, " ");
}

/** The class or the interface of this name. */
function declared<Node extends ts.Node>(source: ts.SourceFile, isOne: (node: ts.Node) => node is Node): Node {
	const found = source.statements.find((node): node is ts.Statement & Node => isOne(node));
	if (!found) throw new Error(`${source.fileName} does not declare it.`);
	return found;
}

interface Member {
	readonly kind: "field" | "method";
	readonly name: string;
	readonly description: string;
	/** Of a field. */
	readonly type?: { readonly text: string };
	readonly attribute?: string;
	readonly reflects?: boolean;
	readonly readonly?: boolean;
	/** Of a method. */
	readonly return?: { readonly type: { readonly text: string } };
}

/** The properties and methods that are for an app, as the class declares them. */
function membersOf(node: ts.ClassDeclaration): Member[] {
	const [observed] = node.members.filter((one) => one.name?.getText() === "observedAttributes");
	const attributes = observed && ts.isPropertyDeclaration(observed) ? (observed.initializer?.getText() ?? "") : "";
	return node.members.flatMap((member): Member[] => {
		const own = member.name?.getText() ?? "";
		const description = descriptionOf(member);
		if (ts.isMethodDeclaration(member) && !own.endsWith("Callback"))
			return [{ kind: "method", name: own, description, return: { type: { text: member.type?.getText() ?? "void" } } }];
		if (!ts.isGetAccessor(member)) return [];
		const isWritable = node.members.some((one) => ts.isSetAccessor(one) && one.name.getText() === own);
		const attribute = attributes.includes(`"${kebab(own)}"`) ? { attribute: kebab(own), reflects: true } : {};
		const type = { text: member.type?.getText() ?? "" };
		return [{ kind: "field", name: own, type, description, ...attribute, ...(!isWritable && { readonly: true }) }];
	});
}

const eventsOf = (node: ts.InterfaceDeclaration) =>
	node.members.filter(ts.isPropertySignature).map((event) => ({
		name: JSON.parse(event.name.getText()),
		type: { text: event.type?.getText() ?? "" },
		description: descriptionOf(event),
	}));

/** What a sentence of docs/element.md names, "- Parts: `trigger`, …", each with what stands behind it in parentheses. */
function namedIn(title: string): { name: string; said: string }[] {
	const page = readFileSync(join(root, "docs/element.md"), "utf8");
	const [, line = ""] = new RegExp(`^- ${title}: (.+)$`, "m").exec(page) ?? [];
	return [...line.matchAll(/`([a-z-]+)`(?: \((.+?)\))?/g)].map(([, name = "", said = ""]) => ({ name, said }));
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const withoutDescription = ({ name }: { name: string }) => ({ name });

/** The element as a custom elements manifest has it: https://github.com/webcomponents/custom-elements-manifest. */
export function describeElement() {
	const source = parse("account-switcher.ts");
	const node = declared(source, ts.isClassDeclaration);
	const members = membersOf(node);
	const attributes = members.flatMap(({ attribute, type, description, name }) =>
		attribute ? [{ name: attribute, type, description, fieldName: name }] : [],
	);
	const [prefix, ...properties] = namedIn("Custom properties").map(({ name }) => name);
	const reference = { name, module: path };
	return {
		schemaVersion: "1.0.0",
		readme: "docs/element.md",
		modules: [
			{
				kind: "javascript-module",
				path,
				declarations: [
					{
						kind: "class",
						name,
						tagName: tag,
						customElement: true,
						description: descriptionOf(node),
						superclass: { name: "HTMLElement" },
						members,
						attributes,
						events: eventsOf(declared(parse("events.ts"), ts.isInterfaceDeclaration)),
						slots: namedIn("Slots").map(({ name, said }) => ({ name, description: sentence(said) })),
						cssParts: namedIn("Parts").map(withoutDescription),
						cssProperties: properties.map((property) => ({ name: `${prefix}${property}` })),
					},
				],
				exports: [{ kind: "js", name, declaration: reference }],
			},
			{
				kind: "javascript-module",
				path: "dist/element/define.js",
				declarations: [],
				exports: [{ kind: "custom-element-definition", name: tag, declaration: reference }],
			},
		],
	};
}
