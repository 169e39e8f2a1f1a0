import type { Page } from "./environment.js";

/**
 * Texts that the tabs of a device share: in localStorage, in the memory of one store where that is missing or throws.
 *
 * @param nameOf what each is called there
 */
export function createStorage(page: Page | undefined, nameOf: (part: string) => string) {
	const memory = new Map<string, string>();
	let isShared = true;
	return {
		/** Read anew each time: other tabs write too. */
		read(part: string): string | undefined {
			const key = nameOf(part);
			try {
				const text: unknown = isShared && page?.localStorage?.getItem(key);
				if (text && typeof text === "string") return text;
			} catch {}
			return memory.get(key);
		},
		write(part: string, text: string): void {
			const key = nameOf(part);
			memory.set(key, text);
			try {
				page?.localStorage?.setItem(key, text);
				isShared = true;
			} catch {
				isShared = false;
			}
		},
	};
}

export type TabStorage = ReturnType<typeof createStorage>;
