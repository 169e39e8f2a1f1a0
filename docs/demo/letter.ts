import * as v from "valibot";

/** A letter in somebody's inbox. */
export const Letter = v.object({
	from: v.object({ name: v.string(), email: v.string() }),
	subject: v.string(),
	text: v.string(),
	/** A day, `1843-07-10`. */
	sentOn: v.string(),
});

export type Letter = v.InferOutput<typeof Letter>;

/** What the server returns for the session that asks: its user's letters, the newest first. */
export const Letters = v.object({ user: v.string(), letters: v.pipe(v.array(Letter), v.readonly()) });

export type Letters = v.InferOutput<typeof Letters>;
