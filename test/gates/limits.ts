import ts from "typescript";

const short = (node: ts.Node) => node.getText().replaceAll(/\s+/g, " ").replaceAll("( ", "(").slice(0, 60);

/** Every node of a file, from the top down. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
	yield node;
	const children: ts.Node[] = [];
	ts.forEachChild(node, (child) => void children.push(child));
	for (const child of children) yield* nodesOf(child);
}

function* parentsOf(node: ts.Node): Generator<ts.Node> {
	for (let at: ts.Node | undefined = node.parent; at; at = at.parent) yield at;
}

const isNamed = (node: ts.Node, name: string) =>
	(ts.isIdentifier(node) && node.text === name) || (ts.isPropertyAccessExpression(node) && node.name.text === name);

/** An HTTP status that an answer's is compared with. */
const isStatus = ({ parent }: ts.Node) =>
	(ts.isBinaryExpression(parent) && isNamed(parent.left, "status")) ||
	(ts.isBindingElement(parent) && parent.name.getText() === "status");

/** A number above two: an index, a flag or a half is no limit. Their place is the table of limits. */
export const numbersIn = (file: ts.SourceFile): string[] =>
	[...nodesOf(file)]
		.filter(ts.isNumericLiteral)
		.filter((node) => Number(node.text) > 2 && !isStatus(node))
		.map(({ parent }) => short(parent));

/** Timers past the clock that the store was given. */
export const timersIn = (file: ts.SourceFile): string[] =>
	[...nodesOf(file)]
		.filter(ts.isCallExpression)
		.filter(({ expression }) => isNamed(expression, "setTimeout") || isNamed(expression, "setInterval"))
		.filter(({ expression }) => !expression.getText().startsWith("clock."))
		.map(short);

/** Loops whose end is not that of what they go over. */
export const loopsIn = (file: ts.SourceFile): string[] =>
	[...nodesOf(file)]
		.filter((node) => ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForStatement(node))
		.map((node) => short(ts.isForStatement(node) ? (node.condition ?? node) : node.expression));

/**
 * Waits for what is not written here: a promise that a browser, Better Auth or the app hands out. What is called with a
 * body in the same sources is looked at there; what runs inside `withTimeout`, or inside the device's `send`, which is made
 * of it, has its limit.
 */
export function waitsIn(file: ts.SourceFile, checker: ts.TypeChecker, isOwn: (path: string) => boolean): string[] {
	const declarationOf = (node: ts.CallExpression) => checker.getResolvedSignature(node)?.declaration;
	const isThenable = (type: ts.Type): boolean =>
		type.isUnion() ? type.types.some(isThenable) : checker.getPropertyOfType(type, "then") !== undefined;
	const isHelper = (node: ts.CallExpression) => {
		const declared = declarationOf(node)?.parent;
		const isSend = declared !== undefined && ts.isTypeAliasDeclaration(declared) && declared.name.text === "Send";
		return isNamed(node.expression, "withTimeout") || isSend;
	};
	const isLimited = (node: ts.Node) =>
		[...parentsOf(node)].some((parent) => ts.isCallExpression(parent) && isHelper(parent));
	/** `Promise.all` and `.then` make no wait of their own: what they are about is looked at by itself. */
	const isPlumbing = ({ expression }: ts.CallExpression) =>
		ts.isPropertyAccessExpression(expression) &&
		(isNamed(expression.expression, "Promise") || ["then", "catch", "finally"].includes(expression.name.text));
	const hasBody = (node: ts.CallExpression) => {
		const declaration = declarationOf(node);
		if (!declaration || !isOwn(declaration.getSourceFile().fileName)) return false;
		return "body" in declaration && declaration.body !== undefined;
	};
	const nodes = [...nodesOf(file)].filter((node) => !isLimited(node));
	const calls = nodes
		.filter(ts.isCallExpression)
		.filter((node) => isThenable(checker.getTypeAtLocation(node)))
		.filter((node) => !isPlumbing(node) && !hasBody(node) && !isHelper(node))
		.map(({ expression }) => short(expression));
	/** A promise that was handed over as such. */
	const promises = nodes
		.filter(ts.isAwaitExpression)
		.filter(({ expression }) => ts.isIdentifier(expression))
		.map(({ expression }) => `await ${short(expression)}`);
	return [...calls, ...promises];
}
