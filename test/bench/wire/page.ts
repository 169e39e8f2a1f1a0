import { table } from "../../../docs/markdown.js";
import { contenders } from "../contenders.js";
import { number } from "../figures.js";
import { spread } from "../measure.js";
import type { Results } from "../results.js";
import { latencies } from "./main.js";
import { type StepName, steps } from "./steps.js";
import type { Seen } from "./visit.js";

const names = Object.keys(steps) as StepName[];

/** "never" where most of the rounds never showed it; "at once" where it was so already. */
function shown(values: readonly (number | null)[]): string {
	const found = values.filter((value) => value !== null);
	if (found.length * 2 <= values.length) return "never";
	const { median } = spread(found);
	return median === 0 ? "as before" : number(median);
}

const median = (seen: readonly Seen[], of: (one: Seen) => number): number => spread(seen.map(of)).median;

function cell(seen: readonly Seen[]): string {
	if (seen.length === 0) return "";
	const switcher = shown(seen.map((one) => one.switcher));
	const session = shown(seen.map((one) => one.session));
	return `${switcher} / ${session}, ${number(median(seen, ({ requests }) => requests))}`;
}

/** Time until it is shown, and requests. */
export function wire({ wire: part }: Results): string | undefined {
	if (!part) return undefined;
	const { figures, machine } = part;
	const tables = latencies.map((latency) => {
		const rows = names.map((name) => {
			const { least, title } = steps[name];
			return [
				title,
				`${number(least.trips * latency)}, ${least.requests}`,
				...contenders.map((one) => cell(figures[one.name][latency]?.[name] ?? [])),
			];
		});
		return `### A round trip of ${latency} ms\n\n${table(["", "least", ...contenders.map(({ title }) => title)], rows)}`;
	});
	const [first] = contenders;
	const rounds = latencies.map((latency) => (first && figures[first.name][latency]?.start.length) ?? 0);
	const why = names.map((name) => `- ${steps[name].title}: ${steps[name].least.why}`);
	return `## At the wire

Pages in Chromium, the same React page around each, on a real Better Auth server in memory with ten accounts on the device. Each cell has three numbers: ms until the switcher shows what the server says, for good; the same for \`useSession\`, each package's own; and all requests until nothing more comes. "Never": no request is under way any more, and the page still shows something else. "As before": nothing had to change. Medians of ${rounds.join(" and ")} rounds. Measured on ${machine.date} with Node ${machine.node} on ${machine.cpus}, over HTTP/1.1 on one machine, which runs the server and the browser too.

${tables.join("\n\n")}

The least possible, in round trips' time and in requests:

${why.join("\n")}

"Back to the tab": five and a half seconds after the start another account was made active past every page, and then the page hears that it is seen again.`;
}

/** CPU of the page's main thread. */
export function cpuOfPage({ wire: part }: Results): string | undefined {
	if (!part) return undefined;
	const [latency] = latencies;
	const rows = names.map((name) => [
		steps[name].title,
		...contenders.map((one) => {
			const seen = part.figures[one.name][latency]?.[name] ?? [];
			return seen.length > 0
				? number(
						median(seen, ({ cpu }) => cpu),
						1,
					)
				: "";
		}),
	]);
	return `## CPU of the page

Ms of the page's main thread in the same runs, at ${latency} ms, with everything that Chromium and React do: loading the scripts, rendering, the benchmark's own look at the page. A page that never shows something has less to do.

${table(["", ...contenders.map(({ title }) => title)], rows)}`;
}
