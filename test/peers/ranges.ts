/** The lowest version of each part of a range: `^1.6.27 || ^1.7.0` has two. */
export const floorsOf = (range: string): string[] =>
	range.split("||").map((part) => {
		const [, version] = part.trim().match(/^\^(\d+\.\d+\.\d+)$/) ?? [];
		if (version === undefined) throw new Error(`"${part}" is not of the form ^1.2.3.`);
		return version;
	});
