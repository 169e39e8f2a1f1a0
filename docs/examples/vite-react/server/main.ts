import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { createApp } from "./app";

const root = "dist/client";
const app = new Hono()
	.use("/assets/*", serveStatic({ root }))
	.route("/", createApp(readFileSync(`${root}/index.html`, "utf8")));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) =>
	console.log(`http://localhost:${port}`),
);
