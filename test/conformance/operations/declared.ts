import type * as v from "valibot";
import * as everything from "../../../src/index.js";

/** What every operation has, whatever it takes and answers. */
export interface Declared {
	readonly operation: string;
	readonly plugin?: string;
	readonly payload: v.GenericSchema | undefined;
	readonly success: v.GenericSchema;
	readonly mutatesSession: boolean;
	readonly betterAuthSignals?: boolean;
	readonly mutates?: boolean;
}

const isOperation = (value: unknown): value is Declared => typeof value === "function" && "mutatesSession" in value;

/** Every operation in the namespaces of the front door: `"Organization.Members.List"` and what is declared there. */
export function everyDeclared(namespace: object = everything, at = ""): [string, Declared][] {
	return Object.entries(namespace).flatMap(([name, value]): [string, Declared][] => {
		if (isOperation(value)) return [[at + name, value]];
		return Object.prototype.toString.call(value) === "[object Module]" ? everyDeclared(value, `${at}${name}.`) : [];
	});
}

export function declared(name: string): Declared {
	const found = everyDeclared().find(([one]) => one === name);
	if (!found) throw new Error(`there is no ${name}`);
	return found[1];
}
