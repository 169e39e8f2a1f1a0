/** One of several processes of the demo's server, behind its balancer: started by server/instances.ts. */
import { once } from "node:events";
import { createServer } from "node:http";
import { createAuth } from "./server/auth.js";
import { frontDoor } from "./server/front-door.js";
import type { InstanceSetup, News } from "./server/instances.js";
import { listen } from "./server/port.js";
import { createRoutes } from "./server/routes.js";
import { openStorage } from "./server/storage.js";

const tell = (news: News) => process.connected && process.send?.(news);

// A Ctrl-C in a terminal reaches every process. This one ends when its balancer does, which has an answer to wait for.
process.on("SIGINT", () => {}).on("SIGHUP", () => {});

const [message] = await once(process, "message");
// Safe: whoever starts an instance says this first.
const { port, secret, ...addresses } = message as InstanceSetup;
const storage = await openStorage(addresses, () =>
	Promise.reject(new Error("Instances share a database: there is none.")),
);
const auth = createAuth({
	storage,
	secret,
	port,
	sendCode: (email, code) => tell({ what: "code", email, code }),
	sendReset: (email, token) => tell({ what: "reset", email, token }),
});
const server = createServer(frontDoor(createRoutes(auth), { port }));
process.once("disconnect", () => {
	server.close(() => void storage.close().finally(() => process.exit()));
	server.closeAllConnections();
});
tell({ what: "listening", port: await listen(server, 0) });
