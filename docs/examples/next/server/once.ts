const made = globalThis as { made?: Map<string, unknown> };

/** Next bundles pages, routes and the proxy apart. What is in memory has to be the same in all of them. */
export function once<T>(name: string, make: () => T): T {
	made.made ??= new Map();
	if (!made.made.has(name)) made.made.set(name, make());
	return made.made.get(name) as T; // Safe: each name has one caller.
}
