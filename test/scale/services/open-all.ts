/** Starts everything, says in which folder, and does nothing until it is ended: for services.test.ts. */
import { dirname } from "node:path";
import { startNginx } from "./nginx.js";
import { startPostgres } from "./postgres.js";
import { startRedis } from "./redis.js";
import { openStage } from "./stage.js";

const stage = await openStage();
const folder = dirname(stage.folder("mine"));
await startPostgres(stage);
await startRedis(stage, { keeps: true });
await startNginx(stage, [9], "localhost");
console.log(folder);
setInterval(() => {}, 60_000);
