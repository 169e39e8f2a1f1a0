/** The median of some measurements, and between which they lie. */
export function summarize(values: readonly number[]) {
	const sorted = [...values].sort((a, b) => a - b);
	return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

export async function time(run: () => unknown): Promise<number> {
	const start = performance.now();
	await run();
	return performance.now() - start;
}

export const number = (value: number, digits = 0): string =>
	value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A table whose columns stand below each other; all but the first are numbers. */
export function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
	const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join("  ");
	console.log(`\n${title}\n${line(head)}\n${widths.map((width) => "-".repeat(width)).join("  ")}`);
	for (const row of rows) console.log(line(row));
}
