import * as v from "valibot";

/** A mail that the demo's server would send, with what it is sent for: a code, or a token to set a new password with. */
export const Mail = v.object({
	id: v.number(),
	to: v.string(),
	subject: v.string(),
	text: v.string(),
	brings: v.variant("what", [
		v.object({ what: v.literal("code"), code: v.string() }),
		v.object({ what: v.literal("new-password"), token: v.string() }),
	]),
});

export type Mail = v.InferOutput<typeof Mail>;
