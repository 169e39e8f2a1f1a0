import * as v from "valibot";
import { defineOperation } from "../operation.js";
import { NonEmptyString, Status } from "../schemas.js";

/** What Better Auth's `betterAuth()` returned, as far as `Password.Set` calls it. */
export interface PasswordServer {
	/** The server's own calls. */
	readonly api: {
		setPassword(input: { body: { newPassword: string }; headers: HeadersInit }): Promise<unknown>;
	};
}

/** What `auth.api` throws: better-call's `APIError`. */
interface Thrown {
	readonly statusCode?: number;
	readonly body?: object;
}

/**
 * Gives the account that a request comes from its first password, where it has signed up without one. For the server
 * alone: Better Auth offers it to no client, and the request's headers say whose account it is.
 *
 * @example
 * const { error } = await Password.Set(auth, { newPassword }, { fetchOptions: { headers: request.headers } });
 * @see https://www.better-auth.com/docs/concepts/users-accounts#set-password
 */
export const SetPassword = defineOperation({
	operation: "setPassword",
	payload: v.object({ newPassword: NonEmptyString }),
	success: Status,
	proof: "status",
	mutatesSession: false,
	mutates: true,
	call: async (server: PasswordServer, body, { headers = {} }) => {
		try {
			// Safe: handed in as they are, and `auth.api` takes what `fetch` takes.
			return await server.api.setPassword({ body, headers: headers as HeadersInit });
		} catch (thrown) {
			// Safe: asked for properties, of which nothing is taken for granted.
			const { statusCode = 500, body } = Object(thrown) as Thrown;
			return { data: null, error: { ...body, status: statusCode } };
		}
	},
});
