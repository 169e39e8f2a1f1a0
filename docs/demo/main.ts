import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { toNodeHandler } from "better-auth/node";
import { createAuth } from "./server/auth.js";
import { pgliteDialect } from "./server/database.js";
import { claimFolder } from "./server/folder.js";
import { addressOf, frontDoor } from "./server/front-door.js";
import { createLetters } from "./server/letters.js";
import { createMailbox } from "./server/mailbox.js";
import { createOtherDevice } from "./server/other-device.js";
import { buildPage } from "./server/page.js";
import { signUpPeople } from "./server/people.js";
import { listen } from "./server/port.js";

async function start(): Promise<() => Promise<void>> {
	const wanted = Number(process.env["PORT"] || 4173);
	if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) throw new Error("PORT is no port number.");

	// What is open, closed in reverse: also where the start fails half-way.
	const closing: (() => unknown)[] = [];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		const server = createServer(
			frontDoor((_request, response) => response.writeHead(503, { "retry-after": "2" }).end("Starting")),
		);
		const port = await listen(server, wanted);
		closing.push(() => {
			const closed = new Promise((done) => server.close(done));
			server.closeAllConnections();
			return closed;
		});

		const data = resolve(process.env["DEMO_DATA"] || join(import.meta.dirname, "../../.demo"));
		const folder = claimFolder(data);
		closing.push(folder.release);
		if (folder.moved) console.log("Another demo is running: this one has a database of its own.");
		console.log(`Opening the database in ${folder.database} …`);
		const database = await PGlite.create(folder.database);
		closing.push(() => database.close());

		const dialect = pgliteDialect(database);
		const mailbox = createMailbox();
		const sendCode = (email: string, code: string) => {
			console.log(`Two-factor code for ${email}: ${code}`);
			mailbox.sendCode(email, code);
		};
		const auth = await createAuth({ dialect, secret: folder.secret, port, sendCode, sendReset: mailbox.sendReset });
		await signUpPeople(auth);
		const servePage = await buildPage();

		const serveAuth = toNodeHandler(auth);
		const serveLetters = createLetters(auth);
		const serveOtherDevice = createOtherDevice(auth);
		const serve = frontDoor((request, response) => {
			const { pathname } = addressOf(request);
			if (pathname.startsWith("/api/auth/")) return serveAuth(request, response);
			if (pathname === "/demo/mails") return mailbox.serve(request, response);
			if (pathname === "/demo/letters") return serveLetters(request, response);
			if (pathname.startsWith("/demo/")) return serveOtherDevice(request, response);
			return servePage(request, response);
		});
		server.removeAllListeners("request").on("request", serve);
		console.log(`\n  device-sessions demo: http://localhost:${port}\n\n  Ctrl-C ends it.\n`);
		return close;
	} catch (error) {
		await close();
		throw error;
	}
}

const starting = start();
starting.catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

let endedAt = 0;
function end(): void {
	if (endedAt === 0) {
		endedAt = Date.now();
		console.log("\nClosing …");
		// A start is finished first: an interrupted one would leave half a database.
		void starting
			.then((close) => close())
			.then(() => console.log("Closed."))
			.finally(() => process.exit());
	} else if (Date.now() - endedAt > 500) {
		// One Ctrl-C can arrive twice, from the terminal and from what started the demo: only a later one is meant.
		process.exit(130);
	}
}
process.on("SIGINT", end).on("SIGTERM", end).on("SIGHUP", end);
