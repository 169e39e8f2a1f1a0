import { createServer, type IncomingMessage } from "node:http";
import { genericOAuth } from "better-auth/plugins";
import { origin } from "./real-server.js";

/** Who is signed in at the provider. */
export interface Person {
	readonly name: string;
	readonly email: string;
}

/** A small OAuth provider on this machine: whoever comes is sent back at once, as the person who is signed in there. */
export async function startProvider() {
	/** Null: says no. */
	let person: Person | null = null;
	const codes = new Map<string, Person>();
	const http = createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", url);
		if (pathname === "/authorize") {
			const back = new URL(searchParams.get("redirect_uri") ?? "");
			back.searchParams.set("state", searchParams.get("state") ?? "");
			if (person) {
				const code = crypto.randomUUID();
				codes.set(code, person);
				back.searchParams.set("code", code);
			} else back.searchParams.set("error", "access_denied");
			return void response.writeHead(302, { location: back.href }).end();
		}
		const code =
			pathname === "/token"
				? new URLSearchParams(await bodyOf(request)).get("code")
				: request.headers.authorization?.replace("Bearer ", "");
		const who = codes.get(code ?? "");
		if (!who) return void response.writeHead(401).end();
		const answer =
			pathname === "/token"
				? { access_token: code, token_type: "Bearer" }
				: { ...who, id: who.email, sub: who.email, email_verified: true };
		response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
	});
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const address = http.address();
	const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
	return {
		url,
		/** From now on this person is signed in there; null: whoever comes is refused. */
		signIn: (who: Person | null) => {
			person = who;
		},
		/** A server's plugin that signs in with it: `signIn.social({ provider: "local" })`. */
		plugin: () =>
			genericOAuth({
				config: [
					{
						providerId: "local",
						clientId: "app",
						clientSecret: "a secret of the app",
						authorizationUrl: `${url}/authorize`,
						tokenUrl: `${url}/token`,
						userInfoUrl: `${url}/userinfo`,
					},
				],
			}),
		close: async () => {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}

export type Provider = Awaited<ReturnType<typeof startProvider>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part);
	return Buffer.concat(parts).toString();
}

/** What a browser does that is sent to a URL, in a new page: it follows until a page of the app's comes. Returns its path. */
export async function navigate(browser: { pass(request: Request): Promise<Response> }, to: string): Promise<string> {
	for (let url = new URL(to, origin); ; ) {
		const isOwn = url.origin === origin;
		if (isOwn && !url.pathname.startsWith("/api/auth/")) return url.pathname + url.search;
		const response = await (isOwn ? browser.pass(new Request(url)) : fetch(url, { redirect: "manual" }));
		const location = response.headers.get("location");
		if (!location) throw new Error(`${url.pathname} answered ${response.status} and no other page`);
		url = new URL(location, url);
	}
}
