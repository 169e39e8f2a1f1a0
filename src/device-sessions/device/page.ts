/** What happens to the page itself. */
export interface PageListener {
	/** Somebody comes back to it. */
	onFocus(): void;
	/** It was not running for a while: it is out of the back-forward cache, or thawed. */
	onResume(): void;
	onLine(online: boolean): void;
}

/** Watches the page, where there is one, until it is told to stop. */
export function watchPage({ onFocus, onResume, onLine }: PageListener): () => void {
	const page = typeof window === "undefined" ? undefined : window;
	if (!page?.addEventListener) return () => {};
	const { document, navigator } = page;
	const off: (() => void)[] = [];
	const on = (target: EventTarget | undefined, type: string, run: (event: Event) => void) => {
		target?.addEventListener(type, run);
		off.push(() => target?.removeEventListener(type, run));
	};
	on(page, "focus", onFocus);
	on(document, "visibilitychange", () => document.visibilityState === "visible" && onFocus());
	// Every page load has one of these as well.
	on(page, "pageshow", (event) => "persisted" in event && event.persisted && onResume());
	on(document, "resume", onResume);
	on(page, "online", () => onLine(true));
	on(page, "offline", () => onLine(false));
	if (navigator?.onLine === false) onLine(false);
	return () => {
		for (const stop of off) stop();
	};
}
