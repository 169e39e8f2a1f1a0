import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** The sources with another number of the protocol, as a later release will have it. */
const otherProtocol: Plugin = {
	name: "another protocol",
	setup({ onLoad }) {
		onLoad({ filter: /tabs\/names\.ts$/ }, async ({ path }) => {
			const before = await readFile(path, "utf8");
			const after = before.replace(/(protocol = )\d+/, "$1999");
			if (after === before) throw new Error(`${path} has no number of the protocol.`);
			return { contents: after, loader: "ts" };
		});
	},
};

/** How a page is bundled with each of them; a page of today's is so without any of these. */
export const releases = {
	earlier: { alias: { "device-sessions": join(import.meta.dirname, "earlier.js") } },
	"other-protocol": { plugins: [otherProtocol] },
};
