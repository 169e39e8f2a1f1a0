import { fillParts } from "../markdown.js";
import { type Chart, chartOf } from "./chart.js";
import { toMermaid } from "./mermaid.js";
import { eventsAsTable, statesAsTables } from "./tables.js";

const diagram = (text: string): string => `\`\`\`mermaid\n${text}\n\`\`\``;

/** What a page can have made of the machine: `<!-- chart: arrows -->`, up to `<!-- /chart -->`. */
const parts: Readonly<Record<string, (chart: Chart) => string>> = {
	arrows: (chart) => diagram(toMermaid(chart)),
	whole: (chart) => diagram(toMermaid(chart, { boxes: true })),
	events: eventsAsTable,
	states: statesAsTables,
};

/** The pages that show the machine, from the repository's folder. */
export const pages = ["docs/statechart.md", "docs/how-it-works.md"];

/** A page with everything that is made of the machine as the machine is now. */
export const fill = (page: string, machine: Parameters<typeof chartOf>[0]): string =>
	fillParts(page, "chart", parts, chartOf(machine));
