import { defineConfig } from "vitest/config";

export default defineConfig({
	// `device-sessions` is ./src here, as in tsconfig.json: tests of the sources import what a user imports.
	resolve: { tsconfigPaths: true },
	test: {
		projects: [
			{
				extends: true,
				test: { name: "unit", include: ["test/unit/**/*.test.ts", "test/types/**/*.test.ts"] },
			},
			{
				// On simulated time, which replaces the timers of its process.
				extends: true,
				test: { name: "simulation", include: ["test/simulation/**/*.test.ts", "test/exploration/**/*.test.ts"] },
			},
			{
				// A real Better Auth server in every file.
				extends: true,
				test: {
					name: "conformance",
					include: ["test/conformance/**/*.test.ts"],
					testTimeout: 30_000,
					hookTimeout: 60_000,
				},
			},
			{
				// What is published, and the rules the gates rely on. Wants `npm run build` first.
				extends: true,
				test: {
					name: "package",
					include: ["test/package/**/*.test.ts", "test/gates/**/*.test.ts"],
					exclude: ["test/package/size.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 300_000,
				},
			},
			{
				// Wants `npm run build` first.
				extends: true,
				test: { name: "size", include: ["test/package/size.test.ts"], testTimeout: 30_000 },
			},
			{
				// A command of its own, `npm run test:engines`: Firefox and WebKit beside Chromium.
				extends: true,
				test: {
					name: "engines",
					include: ["test/engines/**/*.test.ts"],
					testTimeout: 60_000,
					hookTimeout: 600_000,
				},
			},
			{
				// Pages of the element in Chromium.
				extends: true,
				test: {
					name: "element",
					include: ["test/browser/element-*.test.ts"],
					globalSetup: ["test/browser/find-chromium.ts"],
					maxWorkers: 2,
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			{
				// Chromium and the demo's servers, which wait more than they compute: two files at a time, also on two cores.
				extends: true,
				test: {
					name: "browser",
					include: ["test/browser/**/*.test.ts"],
					exclude: ["test/browser/element-*.test.ts"],
					globalSetup: ["test/browser/find-chromium.ts"],
					maxWorkers: 2,
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
		],
	},
});
