import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The tests that a changed source is tried with; without the two that walk thousands of states, which cost a minute each time. */
export default defineConfig({
	root: join(import.meta.dirname, "../.."),
	resolve: { tsconfigPaths: true },
	test: {
		include: [
			"test/unit/**/*.test.ts",
			// What an operation does shows against a real server only.
			...(process.env["MUTATED_PIECE"] === "operations" ? ["test/conformance/operations/**/*.test.ts"] : []),
		],
		exclude: ["test/unit/device-sessions/machine/{paths,invariants}.test.ts", "test/unit/{connect,demo,element}/**"],
		isolate: false,
		testTimeout: 30_000,
	},
});
