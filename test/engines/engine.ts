/** One page of a browser, as every browser can be driven: code in the page, the mouse, the keyboard. */
export interface Tab {
	/** Runs a function in the page; what it is given and what it returns goes over as JSON. */
	run<Args extends readonly unknown[], Value>(code: (...args: Args) => Value, ...args: Args): Promise<Awaited<Value>>;
	click(x: number, y: number): Promise<void>;
	press(key: Key): Promise<void>;
	/** Goes somewhere else, and waits until that is loaded. */
	goto(url: string): Promise<void>;
	close(): Promise<void>;
}

export type Key = "ArrowDown" | "End" | "Enter" | "Escape" | "Home" | "Tab";

export interface Engine {
	open(url: string): Promise<Tab>;
	close(): Promise<void>;
}
