import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { requestText, sendRaw, statusOf } from "../support/raw-request.js";
import { launchChromium } from "./chromium.js";
import { type DemoProcess, direct, startDemo, temporaryFolder } from "./demo-process.js";
import { SwitcherPage } from "./switcher-page.js";

const data = temporaryFolder();
const running = new Set<DemoProcess>();
const taken = createServer();
let takenPort: number;

async function start(port?: number, command?: readonly string[]): Promise<DemoProcess> {
	const demo = await startDemo(data.path, port, command);
	running.add(demo);
	return demo;
}

beforeAll(async () => {
	await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
	const address = taken.address();
	takenPort = typeof address === "object" && address ? address.port : 0;
});

afterEach(async () => {
	for (const demo of running) await demo.interrupt();
	running.clear();
});

afterAll(() => {
	taken.close();
	data.remove();
});

test("says that a port is taken and uses the next free one", async () => {
	const demo = await start(takenPort);
	expect(await demo.line(/taken/)).toBe(`Port ${takenPort} is taken, using ${takenPort + 1}.`);
	expect(Number(new URL(demo.url).port)).toBeGreaterThan(takenPort);
	expect((await fetch(demo.url)).status).toBe(200);
});

test("ends on Ctrl-C with exit code 0", async () => {
	const demo = await start(0, direct);
	expect(await demo.interrupt()).toBe(0);
	expect(await demo.line(/Closed/)).toBe("Closed.");
	await expect(fetch(demo.url)).rejects.toThrow();
});

test("ends on Ctrl-C under npm too, and who was signed in still is after the next start", async () => {
	const browser = await launchChromium();
	try {
		const first = await start();
		const view = await SwitcherPage.open(await browser.newContext(), first.url);
		await view.signIn("Ada Lovelace", "Grace Hopper");
		await first.interrupt();
		expect(await first.line(/Closed/)).toBe("Closed.");
		await expect(fetch(first.url)).rejects.toThrow();

		await start(Number(new URL(first.url).port));
		await view.page.reload();
		await view.seesActive("Grace Hopper");
	} finally {
		await browser.close();
	}
});

test("runs twice side by side, each on a database of its own", async () => {
	const [first, second] = [await start(), await start()];
	expect(await second.line(/database of its own/)).toContain("Another demo is running");
	for (const { url } of [first, second]) {
		const answer = await fetch(`${url}/api/auth/sign-in/email`, {
			method: "POST",
			headers: { "content-type": "application/json", origin: url },
			body: JSON.stringify({ email: "ada@example.com", password: "correct-horse" }),
		});
		expect(answer.status).toBe(200);
	}
});

test("answers whatever is asked of it, and to its own names only", async () => {
	const demo = await start(0, direct);
	const { host, port } = new URL(demo.url);
	const ask = async (line: string, name = host, ...headers: string[]) =>
		statusOf(await sendRaw(Number(port), requestText(line, name, ...headers)));

	for (const line of ["GET //", "GET /%", "OPTIONS *", "GET /api/auth/%", "GET /api/auth//", "GET /demo/mails/%"])
		expect([line, await ask(line)]).toEqual([line, 404]);
	for (const line of ["TRACE /api/auth/ok", "GET http://evil/", `GET /${"a".repeat(100_000)}`])
		expect(await ask(line), line).toBeGreaterThanOrEqual(400);
	expect(await ask("GET /api/auth/ok", host, "X-Forwarded-Proto: no protocol")).toBe(200);
	for (const path of ["/", "/demo/mails?to=ada@example.com", "/demo/letters", "/api/auth/ok", "/demo/sessions/a/end"])
		expect([path, await ask(`GET ${path}`, `evil.example:${port}`)]).toEqual([path, 403]);
	for (const name of ["localhost", "127.0.0.1", "[::1]", "ada.localhost"])
		expect([name, await ask("GET /", `${name}:${port}`)]).toEqual([name, 200]);
});
