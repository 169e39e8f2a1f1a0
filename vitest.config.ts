import { defineConfig } from "vitest/config";

export default defineConfig({
	// `device-sessions` is ./src here, as in tsconfig.json: tests of the sources import what a user imports.
	resolve: { tsconfigPaths: true },
	test: {
		// Each project is a group of its own: together they would have to have as many workers.
		projects: [
			{
				extends: true,
				test: {
					name: "unit",
					sequence: { groupOrder: 1 },
					include: ["test/unit/**/*.test.ts", "test/types/**/*.test.ts"],
					maxWorkers: 2,
					isolate: false,
				},
			},
			{
				// On simulated time, which replaces the timers of its process.
				extends: true,
				test: {
					name: "simulation",
					sequence: { groupOrder: 2 },
					include: ["test/simulation/**/*.test.ts", "test/exploration/**/*.test.ts"],
					maxWorkers: 2,
				},
			},
			{
				// A real Better Auth server in every file. They wait more than they compute, and share what they import.
				extends: true,
				test: {
					name: "conformance",
					sequence: { groupOrder: 3 },
					include: ["test/conformance/**/*.test.ts"],
					maxWorkers: 4,
					isolate: false,
					testTimeout: 30_000,
					hookTimeout: 60_000,
				},
			},
			{
				// What is published, and the rules the gates rely on. Wants `npm run build` first.
				extends: true,
				test: {
					name: "package",
					sequence: { groupOrder: 4 },
					include: ["test/package/**/*.test.ts", "test/gates/**/*.test.ts"],
					exclude: ["test/package/size.test.ts"],
					maxWorkers: 2,
					testTimeout: 120_000,
					hookTimeout: 300_000,
				},
			},
			{
				// Wants `npm run build` first.
				extends: true,
				test: {
					name: "size",
					sequence: { groupOrder: 8 },
					include: ["test/package/size.test.ts"],
					testTimeout: 30_000,
				},
			},
			{
				// Firefox and WebKit; beside Chromium, too, with `npm run test:engines`.
				extends: true,
				test: {
					name: "engines",
					sequence: { groupOrder: 5 },
					include: ["test/engines/**/*.test.ts"],
					globalSetup: ["test/engines/find-browsers.ts"],
					maxWorkers: 2,
					testTimeout: 60_000,
					hookTimeout: 600_000,
				},
			},
			{
				// The first part of a command of its own, `npm run test:scale`: that what it starts, it ends.
				extends: true,
				test: {
					name: "scale",
					sequence: { groupOrder: 9 },
					include: ["test/scale/**/*.test.ts"],
					maxWorkers: 1,
					testTimeout: 240_000,
					hookTimeout: 300_000,
				},
			},
			{
				// Pages of the element in Chromium.
				extends: true,
				test: {
					name: "element",
					sequence: { groupOrder: 6 },
					include: ["test/browser/element-*.test.ts"],
					globalSetup: ["test/browser/find-chromium.ts"],
					maxWorkers: 2,
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			{
				// A command of its own, `npm run test:demo`: what is under the demo's hood, in Chromium.
				extends: true,
				test: {
					name: "demo",
					sequence: { groupOrder: 10 },
					include: ["test/demo/**/*.test.ts"],
					globalSetup: ["test/browser/find-chromium.ts"],
					maxWorkers: 3,
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
			{
				// Chromium and the demo's servers, which wait more than they compute.
				extends: true,
				test: {
					name: "browser",
					sequence: { groupOrder: 7 },
					include: ["test/browser/**/*.test.ts"],
					exclude: ["test/browser/element-*.test.ts"],
					globalSetup: ["test/browser/find-chromium.ts"],
					maxWorkers: 3,
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
		],
	},
});
