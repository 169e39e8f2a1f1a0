import { $armed, $delay } from "./armed.js";
import { type Choices, choice } from "./choice.js";
import { find } from "./dom.js";
import { faults, groups } from "./faults.js";

const usualDelay = 1200;
const delays: Choices<{ readonly label: string; readonly ms: number }> = [
	{ label: "0.4 s", ms: 400 },
	{ label: "1.2 s", ms: usualDelay },
	{ label: "4 s", ms: 4000 },
	// Longer than the store waits for an answer.
	{ label: "12 s, too late", ms: 12_000 },
];

/** Where the network is made to fail, so that each rule of the store can be seen to hold. */
export function showFaults(): void {
	const form = find("#faults", HTMLFormElement);
	const slow = find("#slow", HTMLInputElement);
	const list = find("#armed", HTMLUListElement);
	const slowGroup = choice("#slow-group", groups);
	const delay = choice("#delay", delays, ({ ms }) => ms === usualDelay);
	const faultGroup = choice("#fault-group", groups);
	const fault = choice("#fault", faults);

	const setDelay = () => $delay.set(slow.checked ? { group: slowGroup(), ms: delay().ms } : null);
	for (const control of [slow, find("#slow-group", HTMLSelectElement), find("#delay", HTMLSelectElement)])
		control.addEventListener("change", setDelay);

	form.addEventListener("submit", (event) => {
		event.preventDefault();
		$armed.set([...$armed.get(), { group: faultGroup(), fault: fault() }]);
	});
	// The controls go back to what they were by themselves, a moment later.
	form.addEventListener("reset", () => {
		$armed.set([]);
		$delay.set(null);
	});

	$armed.subscribe((armed) => {
		list.replaceChildren(
			...armed.map(({ group, fault: { label } }) => {
				const item = document.createElement("li");
				const what = document.createElement("b");
				what.textContent = group.label;
				item.append(what, ` ${label}`);
				return item;
			}),
		);
	});
}
