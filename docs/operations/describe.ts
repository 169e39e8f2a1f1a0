import { existsSync } from "node:fs";
import { join } from "node:path";
import * as modules from "device-sessions";
import ts from "typescript";
import { compilerOptions } from "../compiler-options.js";

/** An operation as the page shows it. */
export interface DescribedOperation {
	/** Where the front door has it: `Organization.Members.List`. */
	readonly name: string;
	/** Where it is declared, from the repository's folder. */
	readonly source: string;
	/** The client's own call: `organization.listMembers`. */
	readonly call: string;
	/** What is to be handed in, by its keys; null: nothing. */
	readonly payload: string | null;
	/** What comes back, by its keys. */
	readonly success: string;
	readonly mutatesSession: boolean;
}

/** A module of operations, `SignIn`, with those that it has under further names. */
export interface DescribedModule {
	readonly name: string;
	readonly operations: readonly DescribedOperation[];
}

interface Declared {
	readonly operation: string;
	readonly payload: object | undefined;
	readonly mutatesSession: boolean;
}

const root = join(import.meta.dirname, "../..");
const kebab = (name: string) => name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const isDeclared = (value: unknown): value is Declared => typeof value === "function" && "mutatesSession" in value;

/** Every operation of the front door, module by module: what it does from its value, what it takes and answers from its type. */
export function describeModules(): DescribedModule[] {
	const { checker, front } = openFrontDoor();
	const typeAt = (symbol: ts.Symbol) => checker.getTypeOfSymbol(symbol);
	const member = (type: ts.Type, name: string): ts.Type | undefined => {
		const found = checker.getPropertyOfType(type, name);
		return found && checker.getNonNullableType(typeAt(found));
	};

	const isNullable = (type: ts.Type) => type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Null);

	/** The keys of an object, those that may be missing with a question mark; of a union, one by one. */
	function inWords(type: ts.Type): string {
		if (type.isUnion()) {
			const isBoolean = type.types.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
			if (isBoolean) return "boolean";
			const isNull = ({ flags }: ts.Type) => Number((flags & ts.TypeFlags.Null) !== 0);
			return [...type.types]
				.sort((a, b) => isNull(a) - isNull(b))
				.map(inWords)
				.join(" or ");
		}
		if (checker.isArrayType(type)) {
			// Safe: an array is a reference to a generic type.
			const [item] = checker.getTypeArguments(type as ts.TypeReference);
			return `${item ? inWords(item) : ""}[]`;
		}
		if (!(type.flags & ts.TypeFlags.Object) && !type.isIntersection()) return checker.typeToString(type);
		const keys = checker.getPropertiesOfType(type).map((property) => {
			const isOptional = property.flags & ts.SymbolFlags.Optional;
			const own = typeAt(property);
			// What tells one answer from another.
			const literal = own.isStringLiteral() || own.flags & ts.TypeFlags.BooleanLiteral ? own : undefined;
			if (isOptional) return `${property.name}?`;
			if (literal) return `${property.name}: ${checker.typeToString(literal)}`;
			return isNullable(own) ? `${property.name} or null` : property.name;
		});
		return `{ ${keys.join(", ")} }`;
	}

	/** A Valibot schema's type carries what goes in and what comes out. */
	function sideOf(operation: ts.Type, schema: "payload" | "success", side: "input" | "output"): string {
		const types = member(member(operation, schema) ?? operation, "~types");
		const found = types && checker.getPropertyOfType(types, side);
		if (!found) throw new Error(`The ${schema} of ${checker.typeToString(operation)} is no schema.`);
		return inWords(typeAt(found));
	}

	function walk(values: object, symbols: readonly ts.Symbol[], path: readonly string[]): DescribedOperation[] {
		return Object.entries(values).flatMap(([name, value]): DescribedOperation[] => {
			const whole = [...path, name];
			const symbol = symbols.find((one) => one.name === name);
			if (!symbol) throw new Error(`${whole.join(".")} has no type.`);
			const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
			if (!isDeclared(value)) {
				const isModule = typeof value === "object" && value !== null && target.flags & ts.SymbolFlags.ValueModule;
				return isModule ? walk(value, checker.getExportsOfModule(target), whole) : [];
			}
			const source = join("src", ...whole.map(kebab)).concat(".ts");
			if (!existsSync(join(root, source))) throw new Error(`${whole.join(".")} is not declared in ${source}.`);
			const type = typeAt(target);
			return [
				{
					name: whole.join("."),
					source,
					call: value.operation,
					payload: value.payload ? sideOf(type, "payload", "input") : null,
					success: sideOf(type, "success", "output"),
					mutatesSession: value.mutatesSession,
				},
			];
		});
	}

	const all = walk(modules, checker.getExportsOfModule(front), []);
	const names = [...new Set(all.map(({ name }) => name.split(".")[0] ?? ""))];
	return names.map((name) => ({ name, operations: all.filter((one) => one.name.startsWith(`${name}.`)) }));
}

function openFrontDoor() {
	const path = join(root, "src/index.ts");
	const program = ts.createProgram([path], compilerOptions());
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(path);
	const front = source && checker.getSymbolAtLocation(source);
	if (!front) throw new Error("The front door, src/index.ts, exports nothing.");
	return { checker, front };
}
