/**
 * Attributes and a handler for one element, to be spread: `<button {...props}>` in React and Solid, `v-bind` in Vue,
 * `{...toDomProps(props)}` in Svelte.
 */
export interface Props {
	readonly [attribute: `aria-${string}`]: string | undefined;
	/** Every button says so: in a form it submits nothing. */
	readonly type?: "button";
	/** Of the popup. */
	readonly role?: "dialog";
	/** Runs the command. Without it there is nothing to do. */
	readonly onClick?: (event: { preventDefault(): void }) => void;
}

/** A button; without `run` it has no handler. Commands never reject, so nobody waits for what `run` returns. */
export const button = (run?: (() => unknown) | false | null, attributes?: Props | undefined): Props => ({
	type: "button",
	...attributes,
	...(run && {
		onClick(event) {
			// It may be a link, or a button that submits where no script runs.
			event?.preventDefault();
			run();
		},
	}),
});

/** "true" or nothing. */
export const flag = (is: boolean): "true" | undefined => (is ? "true" : undefined);

/**
 * The same props with `onclick` in place of `onClick`: for Svelte's spread, and for an element's own properties.
 *
 * @example
 * <button {...toDomProps(accounts.rowProps(row.id))}>{row.name}</button>
 */
export function toDomProps({ onClick, ...attributes }: Props): Record<string, unknown> {
	return onClick ? { ...attributes, onclick: onClick } : attributes;
}
