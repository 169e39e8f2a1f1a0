import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, listenTo } from "../browser/chromium.js";
import { signUpAdaAndBob } from "../browser/sign-up.js";
import { manifest, pack } from "../package/pack.js";
import { freePort } from "../support/free-port.js";

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
const versionOf = (name: string) => `${name}@${manifest.devDependencies[name]}`;

let project: string;
let server: ChildProcess;
let browser: Browser;
let url: string;

beforeAll(async () => {
	const packed = pack();
	project = packed.folder;
	cpSync(join(import.meta.dirname, "site"), project, { recursive: true });
	writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
	url = `http://localhost:${await freePort()}`;
	const run = (command: string, ...args: string[]) =>
		execFileSync(command, args, {
			cwd: project,
			env: { ...env, SITE_URL: url },
			stdio: ["ignore", "inherit", "inherit"],
		});
	const peers = ["better-auth", "nanostores", "valibot", "xstate", "react", "typescript"].map(versionOf);
	const others = [`react-dom@${manifest.devDependencies["react"]}`, "next@16", "@types/react@19", "@types/node@20"];
	run("npm", "install", "--no-audit", "--no-fund", packed.tarball, ...peers, ...others);
	run("npx", "--no", "next", "build");
	server = spawn("npx", ["--no", "next", "start", "--port", new URL(url).port], {
		cwd: project,
		env: { ...env, SITE_URL: url },
		stdio: ["ignore", "pipe", "inherit"],
		detached: true,
	});
	await new Promise<void>((resolve, reject) => {
		server.once("exit", () => reject(new Error("next start has ended")));
		server.stdout?.on("data", (chunk) => String(chunk).includes("Ready") && resolve());
	});
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	if (server?.pid) process.kill(-server.pid);
	if (project) rmSync(project, { recursive: true, force: true });
});

const trigger = (page: Page) => page.locator("account-switcher [part=trigger]");

test("the component in a Next app is rendered with its children, hydrated without a warning, and has its store and its listeners", async () => {
	const context = await browser.newContext();
	await signUpAdaAndBob(context, url);
	const html = await (await context.request.get(url)).text();
	expect(html).toMatch(/<account-switcher[^>]* add-href="\/sign-in"[^>]*><a href="\/sign-in">Sign in<\/a>/);
	expect(html).toContain('<p id="server">Bob</p>');

	const page = await context.newPage();
	const said = listenTo(page);
	await page.goto(url);
	await expect.poll(() => trigger(page).textContent()).toContain("Bob");
	await trigger(page).click();
	await page.locator("account-switcher [part=account]", { hasText: "Ada" }).click();
	await page.locator("#told", { hasText: "switched to Ada" }).waitFor();
	await page.locator("#server", { hasText: "Ada" }).waitFor();
	await page.reload();
	await expect.poll(() => trigger(page).textContent()).toContain("Ada");
	expect(said).toEqual([]);
});
