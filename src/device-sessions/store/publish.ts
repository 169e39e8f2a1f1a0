import { atom, type ReadableAtom } from "nanostores";
import { rethrowLater } from "../../rethrow-later.js";
import { equal, same } from "../values.js";

type Values = Record<string, unknown>;

/**
 * Several read-only nanostores that change together: every value is in place before anybody is told, so whoever listens
 * to one sees the others in step. A store is silent where
 * its value is the same, part by part.
 */
export function publish<T extends Values>(initial: T) {
	const stores = Object.entries(initial).map(([name, value]) => [name, readOnly(value)] as const);
	return {
		// Safe: one store a value, under its own name.
		stores: Object.fromEntries(stores) as unknown as { readonly [Name in keyof T]: ReadableAtom<T[Name]> },
		set(values: T): void {
			const changed = stores.filter(([name, store]) => !isSame(store.value, values[name]));
			const before = changed.map(([, store]) => store.value);
			for (const [name, store] of changed) Object.assign(store, { value: Object.freeze(values[name]) });
			for (const [index, [, store]] of changed.entries()) {
				try {
					store.notify(before[index]);
				} catch (error) {
					// A listener's own fault must not keep the news from the others.
					rethrowLater(error);
				}
			}
		},
	};
}

/** Lists keep their identity where nothing in them has changed. */
const isSame = (a: unknown, b: unknown): boolean => (Array.isArray(b) ? a === b : equal(a, b, same));

function readOnly(value: unknown): ReadableAtom<unknown> {
	return Object.assign(atom(Object.freeze(value)), {
		set() {
			throw new TypeError("This store is read-only: call one of its commands.");
		},
	});
}
