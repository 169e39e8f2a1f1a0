/** The same value, or one whose parts are the very same. */
export function same(a: unknown, b: unknown): boolean {
	return equal(a, b, Object.is);
}

/** Deep equality of what JSON can carry, and of dates. */
export function equal(a: unknown, b: unknown, deep = equal): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
	if (a instanceof Date && b instanceof Date) return +a === +b;
	const entries = Object.entries(a);
	const other = new Map(Object.entries(b));
	return (
		Object.getPrototypeOf(a) === Object.getPrototypeOf(b) &&
		!(a instanceof Error) &&
		entries.length === other.size &&
		entries.every(([key, value]) => other.has(key) && deep(value, other.get(key)))
	);
}

export function deepFreeze<T>(value: T): T {
	if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
	Object.freeze(value);
	for (const item of Object.values(value)) deepFreeze(item);
	return value;
}
