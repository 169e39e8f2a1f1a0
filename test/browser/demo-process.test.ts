import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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
