import { cpus } from "node:os";

// Better Auth's client, and the store, read by themselves in a browser only.
Object.assign(globalThis, { window: globalThis });

const { benchCommands } = await import("./commands.js");
const { benchImports } = await import("./imports.js");
const { benchLongLife } = await import("./long-life.js");
const { benchReads, benchSignOutOthers } = await import("./reads.js");

const [cpu] = cpus();
console.log(`Node ${process.version}, ${cpus().length} × ${cpu?.model.trim() ?? "unknown"}`);
await benchCommands();
await benchReads();
await benchSignOutOthers();
benchImports();
await benchLongLife();
