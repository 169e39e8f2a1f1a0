import type { ChartTransition } from "./chart.js";

/** "aRevokeWaits" is "a revoke waits". */
const words = (name: string): string => name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * What sets a transition off, as UML writes it: the trigger, then its guard in brackets.
 *
 * @example
 * chartOf(deviceSessionsMachine).transitions.map(label); // ["[an answer is known]", …, "done readDevice", …]
 */
export function label({ guard, on, trigger }: ChartTransition): string {
	const parts = [trigger === "event" ? on : trigger === "always" ? "" : `${trigger} ${on}`];
	if (guard !== null) parts.push(`[${words(guard)}]`);
	return parts.filter(Boolean).join(" ");
}
