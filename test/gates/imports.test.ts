import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Imports run client → operation → actor → machine → store → page, and none runs back. */
const imports = {
	refused: [
		["src/operation.ts", "./multi-session/index.js"],
		["src/operation.ts", "./device-sessions/types.js"],
		["src/operation.ts", "./index.js"],
		["src/operation.ts", "xstate"],
		["src/errors.ts", "device-sessions/core"],
		["src/errors.ts", "../test/unit/errors.js"],
		["src/multi-session/set-active.ts", "../device-sessions/actors.js"],
		["src/multi-session/set-active.ts", "../core/index.js"],
		["src/multi-session/set-active.ts", "../index.js"],
		["src/multi-session/set-active.ts", "nanostores"],
		["src/organization/members/list.ts", "../../core/index.js"],
		["src/organization/members/list.ts", "../../core/sign-out.js"],
		["src/organization/members/list.ts", "../../index.js"],
		["src/organization/members/list.ts", "../index.js"],
		["src/organization/members/list.ts", "nanostores"],
		["src/two-factor/enable.ts", "../sign-in/email.js"],
		["src/two-factor/enable.ts", "../device-sessions/store.js"],
		["src/password/set.ts", "xstate"],
		["src/custom-fields.ts", "./organization/schemas.js"],
		["src/organization/members/list.ts", "../../device-sessions/store.js"],
		["src/device-sessions/types.ts", "./machine.js"],
		["src/device-sessions/types.ts", "./device/vault.js"],
		["src/device-sessions/events.ts", "../operation.js"],
		["src/device-sessions/actors.ts", "./machine.js"],
		["src/device-sessions/actors.ts", "./store.js"],
		["src/device-sessions/actors.ts", "../index.js"],
		["src/device-sessions/actors/read-device.ts", "../machine/rows.js"],
		["src/device-sessions/actors/read-device.ts", "../store/options.js"],
		["src/device-sessions/actors/read-device.ts", "../actors.js"],
		["src/device-sessions/actors/read-device.ts", "../../index.js"],
		["src/device-sessions/actors/read-device.ts", "../../testing/index.js"],
		["src/device-sessions/device.ts", "./actors.js"],
		["src/device-sessions/device.ts", "./machine/rows.js"],
		["src/device-sessions/device/vault.ts", "../device.js"],
		["src/device-sessions/device/vault.ts", "../actors/read-device.js"],
		["src/device-sessions/device/vault.ts", "../store/options.js"],
		["src/device-sessions/machine.ts", "./actors.js"],
		["src/device-sessions/machine.ts", "./actors/read-device.js"],
		["src/device-sessions/machine.ts", "./device.js"],
		["src/device-sessions/machine.ts", "./store.js"],
		["src/device-sessions/machine.ts", "../core/index.js"],
		["src/device-sessions/machine.ts", "../operation.js"],
		["src/device-sessions/machine.ts", "../client.js"],
		["src/device-sessions/machine.ts", "nanostores"],
		["src/device-sessions/machine.ts", "better-auth/client"],
		["src/device-sessions/machine/rows.ts", "../device/vault.js"],
		["src/device-sessions/machine/rows.ts", "../machine.js"],
		["src/device-sessions/machine/rows.ts", "../store/project.js"],
		["src/device-sessions/machine/rows.ts", "../../multi-session/set-active.js"],
		["src/device-sessions/machine/rows.ts", "../../operation.js"],
		["src/device-sessions/inspection/visible.ts", "../store.js"],
		["src/device-sessions/inspection/visible.ts", "../actors.js"],
		["src/device-sessions/inspection/visible.ts", "../../inspect.js"],
		["src/device-sessions/inspection/visible.ts", "nanostores"],
		["src/device-sessions/store.ts", "../index.js"],
		["src/device-sessions/store.ts", "../testing/index.js"],
		["src/device-sessions/store/project.ts", "../store.js"],
		["src/device-sessions/store/project.ts", "../../index.js"],
		["src/device-sessions/store/project.ts", "../../../test/unit/store.js"],
		["src/testing/device.ts", "../index.js"],
		["docs/demo/page/main.ts", "../../../src/index.js"],
		["docs/demo/page/main.ts", "../../../dist/index.js"],
	],
	allowed: [
		["src/index.ts", "./device-sessions/store.js"],
		["src/operation.ts", "./errors.js"],
		["src/multi-session/set-active.ts", "../operation.js"],
		["src/multi-session/set-active.ts", "valibot"],
		["src/organization/members/list.ts", "../../operation.js"],
		["src/organization/members/list.ts", "../schemas.js"],
		["src/organization/members/list.ts", "../../schemas.js"],
		["src/organization/create.ts", "./schemas.js"],
		["src/two-factor/enable.ts", "../schemas.js"],
		["src/custom-fields.ts", "./schemas.js"],
		["src/device-sessions/types.ts", "../errors.js"],
		["src/device-sessions/events.ts", "./types.js"],
		["src/device-sessions/actors.ts", "./actors/read-device.js"],
		["src/device-sessions/actors.ts", "./device.js"],
		["src/device-sessions/device.ts", "./device/vault.js"],
		["src/device-sessions/device/vault.ts", "../types.js"],
		["src/device-sessions/device/accounts.ts", "../../multi-session/list-sessions.js"],
		["src/device-sessions/actors.ts", "xstate"],
		["src/device-sessions/actors/read-device.ts", "../../multi-session/set-active.js"],
		["src/device-sessions/actors/read-device.ts", "../../operation.js"],
		["src/device-sessions/actors/read-device.ts", "../events.js"],
		["src/device-sessions/actors/read-device.ts", "../device/vault.js"],
		["src/device-sessions/actors/read-device.ts", "../device.js"],
		["src/device-sessions/device/session-atom.ts", "nanostores"],
		["src/device-sessions/machine.ts", "./machine/rows.js"],
		["src/device-sessions/machine.ts", "./events.js"],
		["src/device-sessions/machine.ts", "../errors.js"],
		["src/device-sessions/machine.ts", "xstate"],
		["src/device-sessions/machine/commands.ts", "./rows.js"],
		["src/device-sessions/machine/commands.ts", "../types.js"],
		["src/device-sessions/machine/commands.ts", "../../errors.js"],
		["src/device-sessions/inspection/visible.ts", "../machine/context.js"],
		["src/device-sessions/inspection/visible.ts", "../events.js"],
		["src/inspect.ts", "./device-sessions/inspection/visible.js"],
		["src/device-sessions/store.ts", "./machine.js"],
		["src/device-sessions/store.ts", "./actors.js"],
		["src/device-sessions/store.ts", "./store/project.js"],
		["src/device-sessions/store/published.ts", "nanostores"],
		["src/device-sessions/store/project.ts", "../machine/rows.js"],
		["src/testing/device.ts", "../schemas.js"],
		["docs/demo/page/main.ts", "device-sessions/organization"],
	],
} as const;

/** Each way to write an import, one line each. */
const forms = [
	(path: string) => `import "${path}";`,
	(path: string) => `import { something } from "${path}";`,
	(path: string) => `import type { Something } from "${path}";`,
	(path: string) => `export { something } from "${path}";`,
	(path: string) => `export const something = () => import("${path}");`,
];

/** What `biome lint` refuses under this project's biome.json: `file: line of code`. */
function lint(folder: string, files: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
	copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
	for (const [file, lines] of files) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), lines.join("\n"));
	}
	const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
	const args = ["lint", "--only=style/noRestrictedImports", "--reporter=github", "--max-diagnostics=none"];
	const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: "utf8" });
	const errors = stdout.matchAll(/^::error title=lint\/style\/noRestrictedImports,file=(.+?),line=(\d+),/gm);
	return new Set(
		[...errors].map(([, path = "", line]) => {
			const file = relative(folder, path);
			return `${file}: ${files.get(file)?.[Number(line) - 1]}`;
		}),
	);
}

const lines = ([file, path]: readonly [string, string]) => forms.map((write) => ({ file, code: write(path) }));

let folder: string;
let found: ReadonlySet<string>;

beforeAll(() => {
	const files = new Map<string, string[]>();
	for (const { file, code } of [...imports.refused, ...imports.allowed].flatMap(lines)) {
		files.set(file, [...(files.get(file) ?? []), code]);
	}
	folder = realpathSync(mkdtempSync(join(tmpdir(), "device-sessions-imports-")));
	found = lint(folder, files);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(imports.refused)("%s may not import %s", (...pair) => {
	for (const { file, code } of lines(pair)) expect(found).toContain(`${file}: ${code}`);
});

test.each(imports.allowed)("%s may import %s", (...pair) => {
	for (const { file, code } of lines(pair)) expect(found).not.toContain(`${file}: ${code}`);
});
