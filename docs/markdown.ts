/** A Markdown table whose columns are as wide as their longest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
	const line = (cells: readonly string[], fill = " ") =>
		`| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width, fill)).join(" | ")} |`;
	return [line(head), line([], "-"), ...rows.map((row) => line(row))].join("\n");
}

export const code = (text: string): string => `\`${text}\``;

/** A page with what stands between `<!-- chart: arrows -->` and `<!-- /chart -->`, by name, made anew. */
export function fillParts<Source>(
	page: string,
	mark: string,
	parts: Readonly<Record<string, (source: Source) => string>>,
	source: Source,
): string {
	const between = new RegExp(`(<!-- ${mark}: (\\w+) -->)[\\s\\S]*?(<!-- /${mark} -->)`, "g");
	return page.replaceAll(between, (_, start, name, end) => {
		const part = parts[name];
		if (!part) throw new Error(`There is no ${mark} part "${name}": there are ${Object.keys(parts).join(", ")}.`);
		return `${start}\n\n${part(source)}\n\n${end}`;
	});
}
