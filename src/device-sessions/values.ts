/** The same value, or one whose parts are the very same. */
export function same(a: unknown, b: unknown): boolean {
	return equal(a, b, Object.is);
}

type Values = Readonly<Record<string, unknown>>;

/** Deep equality of what JSON can carry, and of dates. */
export function equal(a: unknown, b: unknown, deep = equal): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
	if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
	if (a instanceof Error) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	for (const key of keys) {
		// Safe: a key of the one, and of the other where it has a value.
		const [mine, other] = [(a as Values)[key], (b as Values)[key]];
		if (mine !== other ? !deep(mine, other) : mine === undefined && !Object.hasOwn(b, key)) return false;
	}
	return true;
}

export function deepFreeze<T>(value: T): T {
	if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
	Object.freeze(value);
	for (const item of Object.values(value)) deepFreeze(item);
	return value;
}
