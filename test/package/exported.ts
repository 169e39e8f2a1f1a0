import { join } from "node:path";
import type ts from "typescript";
import { root } from "./pack.js";

/** A type that this file of the sources exports, by its name. */
export function exportedType(program: ts.Program, path: string, name: string): ts.Type {
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(join(root, path));
	const front = source && checker.getSymbolAtLocation(source);
	const found = front && checker.getExportsOfModule(front).find((symbol) => symbol.name === name);
	if (!found) throw new Error(`${name} is not exported`);
	return checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(found));
}
