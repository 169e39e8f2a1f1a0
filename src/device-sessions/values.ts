/** The same value, or one whose parts are the very same. */
export function same(a: unknown, b: unknown): boolean {
	return equal(a, b, Object.is);
}

/** Deep equality of what JSON can carry, and of dates. */
export function equal(a: unknown, b: unknown, deep = equal): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
	if (a instanceof Date && b instanceof Date) return +a === +b;
	if (a instanceof Error || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	for (const key of keys) {
		if (!Object.hasOwn(b, key) || !deep(Reflect.get(a, key), Reflect.get(b, key))) return false;
	}
	return true;
}

export function deepFreeze<T>(value: T): T {
	if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
	Object.freeze(value);
	for (const item of Object.values(value)) deepFreeze(item);
	return value;
}
