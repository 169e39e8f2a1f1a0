import { readFile } from "node:fs/promises";
import { getRequestListener } from "@hono/node-server";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** In development Vite's own server serves the pages, too. */
const pages: Plugin = {
	name: "pages",
	configureServer: (vite) => () => {
		const serve = getRequestListener(async (request) => {
			const { createApp } = await vite.ssrLoadModule("/server/app.ts");
			const html = await readFile("index.html", "utf8");
			return createApp(await vite.transformIndexHtml(new URL(request.url).pathname, html)).fetch(request);
		});
		vite.middlewares.use((request, response) => serve(request, response));
	},
};

export default defineConfig(({ isSsrBuild }) => ({
	appType: "custom",
	plugins: [react(), pages],
	server: { port: Number(process.env.PORT ?? 3000), strictPort: true },
	build: { outDir: isSsrBuild ? "dist/server" : "dist/client" },
}));
