import { showChart } from "./chart.js";
import { deviceSessions, type State } from "./client.js";
import { find, setAttribute, setText } from "./dom.js";

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

/** What the machine is doing: as a chart, and in words. */
export function createStates(): (state: State) => void {
	const network = find("#network", HTMLElement);
	const text = find("#detail", HTMLElement);
	const light = showChart();
	let shown: State | null = null;
	let countdown: ReturnType<typeof setInterval> | undefined;

	const showDetail = () => shown && setText(text, detail(shown));
	const showNetwork = () => {
		setText(network, navigator.onLine ? "Online" : "Offline");
		setAttribute(network, "data-online", String(navigator.onLine));
		showDetail();
	};

	find("#read", HTMLButtonElement).addEventListener("click", () => void deviceSessions.refetch());
	for (const type of ["online", "offline"]) addEventListener(type, showNetwork);
	showNetwork();

	return (state) => {
		shown = state;
		light(state.status);
		showDetail();
		clearInterval(countdown);
		// More often than it changes, or a second would now and then be skipped.
		if (state.retryAt !== null) countdown = setInterval(showDetail, 200);
	};
}

function detail(state: State): string {
	const name = (id: string) => state.sessions.find((row) => row.id === id)?.user.name ?? "an account";
	switch (state.status) {
		case "switching":
			return `Switching to ${name(state.target)}…`;
		case "revoking":
			return `${state.done} of ${state.targets.length} signed out`;
		case "loading":
			return "Reading accounts from the server…";
		case "idle":
			if (state.retryAt !== null) return `Trying again in ${secondsTo(state.retryAt)} s`;
			if (!navigator.onLine) return "Waiting for the network";
			return state.loadedAt === null ? "Nothing read yet" : `Last read at ${clock.format(state.loadedAt)}`;
	}
}

const secondsTo = (time: number): number => Math.max(Math.ceil((time - Date.now()) / 1000), 0);
