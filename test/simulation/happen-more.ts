import { askedOf } from "./asked.js";
import type { Run } from "./run-state.js";
import type { MoreHappening } from "./surroundings.js";
import { command } from "./tabs.js";

/** What only happens in wide schedules. */
export function happenMore(run: Run, happening: MoreHappening): void {
	const here = run.here();
	const tab = "tab" in happening ? here[happening.tab % here.length] : undefined;
	if (!tab) return;
	switch (happening.what) {
		case "burst":
			run.lastClick = null;
			for (const asks of happening.asks) {
				const asked = askedOf(asks, tab.store);
				if (asks.what !== "refetch") run.lastClick = null;
				if (asked) void command(run, tab, asked);
			}
			break;
		case "cancelSignIn":
			run.lastClick = null;
			void command(run, tab, { what: "cancelSignIn", run: () => tab.store.cancelSignIn() });
			break;
		case "forget": {
			const id = tab.store.value?.ended[0]?.id ?? "nobody";
			void command(run, tab, { what: "forget", run: () => tab.store.forget(id) });
		}
	}
}
