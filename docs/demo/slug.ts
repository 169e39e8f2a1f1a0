/** What an organization is called in an address: one of its letters and digits, in every script. */
export function slugOf(name: string): string {
	return name
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join("-");
}
