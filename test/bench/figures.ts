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
