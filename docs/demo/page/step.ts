/** One of the forms that take each other's place in the panel. */
export interface Step {
	readonly focusTarget: HTMLElement;
	isOpen(): boolean;
	/** Nothing that was typed stays behind. */
	close(): void;
}
