import { toDate, toText } from "../../schemas.js";

/** A column that says nothing of who an account is: how it is read, and what stands there where it cannot be. */
interface Column {
	/** Undefined: not readable. */
	read(sent: unknown): unknown;
	neutral(): unknown;
	readonly isOptional?: true;
}

const date: Column = {
	read: (sent) =>
		toDate(
			// A database that keeps a column of large numbers has texts of them.
			typeof sent === "number" || (typeof sent === "string" && /^(\d{4}-\d\d-\d\d|\d{12,13})$/.test(sent))
				? new Date(+sent || sent)
				: sent,
		),
	neutral: () => new Date(0),
};
const text: Column = { read: toText, neutral: () => "" };
const optional: Column = { read: toText, neutral: () => null, isOptional: true };
const flag: Column = {
	// What is no flag is none that is set: so 0 and "0" need no word.
	read: (sent) => (typeof sent === "boolean" ? sent : sent === 1 || sent === "1" || undefined),
	neutral: () => false,
};

/** The columns of Better Auth's that are lenient. */
const columns = {
	session: Object.entries({
		expiresAt: date,
		createdAt: date,
		updatedAt: date,
		ipAddress: optional,
		userAgent: optional,
	}),
	user: Object.entries({
		name: text,
		email: text,
		emailVerified: flag,
		image: optional,
		createdAt: date,
		updatedAt: date,
	}),
};

export type Part = keyof typeof columns;
export type Loose = { readonly [key: string]: unknown };

/**
 * A session or a user whose columns are of their types: the very same where they are already. `tell` hears which column
 * is not as Better Auth has it; dates as JSON carries them are.
 */
export function mend(part: Part, sent: Loose, tell: (path: string) => void): Loose {
	let mended: Record<string, unknown> | undefined;
	for (const [key, { read, neutral, isOptional }] of columns[part]) {
		const value = sent[key];
		if (isOptional && (value === null || value === undefined)) continue;
		const found = read(value);
		if (found === value && found !== undefined) continue;
		mended ??= { ...sent };
		mended[key] = found ?? neutral();
		const isAsInJson =
			found !== undefined && (value instanceof Date || (found instanceof Date && typeof value === "string"));
		if (!isAsInJson) tell(`${part}.${key}`);
	}
	return mended ?? sent;
}
