import type { Browser, RealServer } from "./real-server.js";
import { origin } from "./real-server.js";

/** What a server asks its own Better Auth for while it renders a page: as the browser's cookies say. */
export async function askServer({ auth }: RealServer, { cookies }: Browser) {
	const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const headers = new Headers({ cookie, origin });
	// Safe: the server of the tests always has multiSession(), which its type does not keep.
	const api = auth.api as typeof auth.api & { listDeviceSessions(input: { headers: Headers }): Promise<object[]> };
	const [list, session] = await Promise.all([api.listDeviceSessions({ headers }), api.getSession({ headers })]);
	return { list, session };
}
