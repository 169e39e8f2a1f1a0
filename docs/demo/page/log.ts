import { copy, find, setText } from "./dom.js";
import { type Exchange, onExchange } from "./network.js";

const most = 60;
const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

/** What was sent and what came, the newest first. */
export function showLog(): void {
	const list = find("#log", HTMLOListElement);
	const entries = new Map<number, HTMLLIElement>();

	onExchange((number, exchange) => {
		let entry = entries.get(number);
		if (!entry) {
			// The answer to a request that was cleared away is not worth a new entry.
			if (exchange.answer) return;
			entry = copy("#entry", HTMLLIElement);
			entries.set(number, entry);
			list.prepend(entry);
			const [oldest] = entries.keys();
			if (entries.size > most && oldest !== undefined) {
				entries.get(oldest)?.remove();
				entries.delete(oldest);
			}
		}
		write(entry, exchange);
	});

	find("#clear", HTMLButtonElement).addEventListener("click", () => {
		entries.clear();
		list.replaceChildren();
	});
}

function write(entry: HTMLLIElement, { at, method, path, sent, answer }: Exchange): void {
	const text = (selector: string, value: string) => setText(find(selector, Element, entry), value);
	text("time", clock.format(at));
	text(".method", method);
	text(".path", path);
	text(".status", answer ? `${answer.status} · ${answer.ms} ms` : "pending");
	text(".sent", sent);
	text(".came", answer?.came ?? "");
	entry.dataset["outcome"] = outcome(answer);
}

function outcome(answer: Exchange["answer"]): string {
	if (!answer) return "waiting";
	if (answer.status === "aborted") return "aborted";
	return typeof answer.status === "number" && answer.status < 400 ? "good" : "bad";
}
