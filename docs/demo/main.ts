import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import { createAuth, migrate } from "./server/auth.js";
import { createBalancer } from "./server/balancer.js";
import { pgliteDialect } from "./server/database.js";
import { claimFolder, type Folder, sharedSecret } from "./server/folder.js";
import { addressOf, frontDoor } from "./server/front-door.js";
import { startInstances } from "./server/instances.js";
import { createMailbox } from "./server/mailbox.js";
import { buildPage } from "./server/page.js";
import { signUpPeople } from "./server/people.js";
import { listen } from "./server/port.js";
import { createRoutes } from "./server/routes.js";
import { openStorage } from "./server/storage.js";

async function start(): Promise<() => Promise<void>> {
	const wanted = Number(process.env["PORT"] || 4173);
	if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) throw new Error("PORT is no port number.");

	const { values } = parseArgs({ options: { instances: { type: "string", default: "1" } } });
	const count = Number(values.instances);
	if (!Number.isInteger(count) || count < 1 || count > 16) throw new Error("--instances takes a number from 1 to 16.");
	const [databaseUrl, redisUrl] = [process.env["DATABASE_URL"], process.env["REDIS_URL"]];
	if (count > 1 && !databaseUrl)
		throw new Error("--instances needs DATABASE_URL, a Postgres that they share: the embedded one takes one process.");

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
		const mailbox = createMailbox();
		const mail = {
			sendCode(email: string, code: string) {
				console.log(`Two-factor code for ${email}: ${code}`);
				mailbox.sendCode(email, code);
			},
			sendReset: mailbox.sendReset,
		};
		const embedded = databaseUrl ? undefined : claimFolder(data);
		if (embedded) closing.push(embedded.release);
		const secret = embedded?.secret ?? sharedSecret(data);
		const storage = await openStorage({ databaseUrl, redisUrl }, () => openPGlite(embedded));
		closing.push(storage.close);
		const auth = createAuth({ storage, secret, port, ...mail });
		await migrate(auth);
		await signUpPeople(auth);
		const servePage = await buildPage();

		let serveRest = createRoutes(auth);
		if (count > 1) {
			const instances = await startInstances(count, { databaseUrl, redisUrl, secret, port }, mail);
			closing.push(instances.close);
			serveRest = createBalancer(instances.ports);
		}
		const serve = frontDoor((request, response) => {
			const { pathname } = addressOf(request);
			if (pathname === "/demo/mails") return mailbox.serve(request, response);
			if (pathname.startsWith("/api/auth/") || pathname.startsWith("/demo/")) return serveRest(request, response);
			return servePage(request, response);
		});
		server.removeAllListeners("request").on("request", serve);
		const how = count > 1 ? ` (${count} instances)` : "";
		console.log(`\n  device-sessions demo: http://localhost:${port}${how}\n\n  Ctrl-C ends it.\n`);
		return close;
	} catch (error) {
		await close();
		throw error;
	}
}

async function openPGlite(folder: Folder | undefined) {
	if (!folder) throw new Error("There is no folder for an embedded database.");
	if (folder.moved) console.log("Another demo is running: this one has a database of its own.");
	console.log(`Opening the database in ${folder.database} …`);
	const database = await PGlite.create(folder.database);
	return {
		database: { dialect: pgliteDialect(database), type: "postgres", transaction: true } as const,
		close: () => database.close(),
	};
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
