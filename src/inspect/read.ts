/** Takes what may be seen of a value; undefined, nothing. What has no place here is left out, new fields too. */
export type Read = (value: unknown) => unknown;

export const nothing: Read = () => undefined;
/** A flag, a count, a time or nothing at all. */
export const fact: Read = (value) =>
	typeof value === "boolean" || typeof value === "number" || value === null ? value : undefined;
/** A name in code: no room for an e-mail address or a sentence. */
export const word: Read = (value) =>
	typeof value === "string" ? (/^[\w.*:()-]{1,80}$/.test(value) ? value : "unknown") : fact(value);
/** Where a call goes: words between slashes. */
export const route: Read = (value) => (typeof value === "string" && /^[\w/:-]{1,80}$/.test(value) ? value : "unknown");
export const list =
	(read: Read): Read =>
	(value) =>
		Array.isArray(value) ? value.map(read) : undefined;
export const shape =
	(fields: Readonly<Record<string, Read>>): Read =>
	(value) => {
		if (typeof value !== "object" || value === null) return fact(value);
		const found = Object.entries(fields).map(([key, read]) => [key, read(Reflect.get(value, key))] as const);
		return Object.fromEntries(found.filter(([, item]) => item !== undefined));
	};
/** The states that a machine is in: one, or by region. */
export const states: Read = (value) =>
	typeof value === "object" && value !== null
		? Object.fromEntries(Object.entries(value).map(([region, inner]) => [region, states(inner)]))
		: word(value);
