/** One page of a browser, as every browser can be driven: code in the page, the mouse, the keyboard, what a screen reader gets. */
export interface Tab {
	/** Runs a function in the page; what it is given and what it returns goes over as JSON. */
	run<Args extends readonly unknown[], Value>(code: (...args: Args) => Value, ...args: Args): Promise<Awaited<Value>>;
	/** Two times are a double click. */
	click(x: number, y: number, times?: number): Promise<void>;
	/** Clicks in one step, a hand's time apart, with nothing of the test's between them. */
	clicks(...places: readonly Place[]): Promise<void>;
	press(key: Key): Promise<void>;
	/** Holds a key down until it has repeated so many times, at a keyboard's pace. */
	hold(key: Key, repeats: number): Promise<void>;
	/** How many elements in a host's shadow root have this role and, where one is given, this name, as the engine computes them. */
	exposed(host: string, role: string, name?: string): Promise<number>;
	/** The window takes a size, in CSS pixels without the browser's own bars; the page has it a little later. */
	resize(width: number, height: number): Promise<void>;
	/** Goes somewhere else, and waits until that is loaded. */
	goto(url: string): Promise<void>;
	close(): Promise<void>;
}

export interface Place {
	readonly x: number;
	readonly y: number;
	/** Two times are a double click. */
	readonly times?: number;
}

export type Key = "ArrowDown" | "End" | "Enter" | "Escape" | "Home" | "Tab";

/** How long a held key waits before it repeats, in ms. */
export const pace = 30;

/** How long a hand takes from one place to the next, in ms: a row has gone by then, and a press still does nothing. */
export const reach = 250;

/** What a person has set in the browser or on the desktop before the browser starts. */
export interface Setting {
	/** How many pixels of the screen a CSS pixel is wide: four of them are what a page gets at 400 % zoom. */
	readonly zoom?: number;
	/** Forced colors, or a theme of high contrast where the engine does not have them. */
	readonly contrast?: "more";
}

export interface Engine {
	open(url: string): Promise<Tab>;
	close(): Promise<void>;
}
