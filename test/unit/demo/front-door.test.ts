import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addressOf, frontDoor } from "../../../docs/demo/server/front-door.js";
import { createMailbox } from "../../../docs/demo/server/mailbox.js";
import { requestText, sendRaw, statusOf } from "../../support/raw-request.js";

const mailbox = createMailbox();
mailbox.sendCode("ada@example.com", "123456");

let server: Server;
let port: number;
const failing = vi.fn();

beforeEach(async () => {
	failing.mockReset();
	server = createServer(
		frontDoor((request, response) => {
			const { pathname } = addressOf(request);
			if (pathname === "/fails") return failing();
			if (pathname === "/demo/mails") return mailbox.serve(request, response);
			response.writeHead(pathname === "/" ? 200 : 404).end(pathname);
		}),
	);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	// Safe: a server that listens on a port has an address with one.
	port = (server.address() as AddressInfo).port;
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const ask = async (line: string, host = `localhost:${port}`, ...headers: string[]) =>
	statusOf(await sendRaw(port, requestText(line, host, ...headers)));

test.each(["localhost", "LocalHost", "127.0.0.1", "[::1]", "ada.localhost", "a.b.localhost"])(
	"%s is a name of this machine",
	async (name) => {
		expect(await ask("GET /", `${name}:${port}`)).toBe(200);
	},
);

test.each([
	"evil.example",
	"localhost.evil.example",
	"evillocalhost",
	"127.0.0.1.evil.example",
	"127.0.0.2",
	"0.0.0.0",
	"[::]",
	"ada@localhost",
	"localhost:80@evil.example",
	"localhost/evil.example",
	"..localhost",
])("%s is not, on any path", async (name) => {
	for (const path of ["/", "/demo/mails?to=ada@example.com", "/nothing"])
		expect(await ask(`GET ${path}`, `${name}:${port}`)).toBe(403);
});

test("another port is another server, and none is port 80", async () => {
	expect(await ask("GET /", `localhost:${port + 1}`)).toBe(403);
	expect(await ask("GET /", "localhost")).toBe(403);
	expect(await ask("GET /", "localhost:")).toBe(403);
	expect(await ask("GET /", `localhost:${port}:${port}`)).toBe(403);
});

test("a page whose name was made to point here reads no mails", async () => {
	const path = "GET /demo/mails?to=ada@example.com";
	expect(await sendRaw(port, requestText(path, `localhost:${port}`))).toContain("123456");
	expect(await sendRaw(port, requestText(path, `evil.example:${port}`))).not.toContain("123456");
	expect(
		await sendRaw(port, requestText(path.replace("/", `http://evil.example:${port}/`), `localhost:${port}`)),
	).not.toContain("123456");
});

test("who says no host, or two, is not let in", async () => {
	const plain = (...lines: string[]) => sendRaw(port, [...lines, "", ""].join("\r\n")).then(statusOf);
	const own = `Host: localhost:${port}`;
	expect(await plain("GET / HTTP/1.0")).toBe(400);
	expect(await plain("GET / HTTP/1.0", own)).toBe(200);
	expect(await plain("GET / HTTP/1.1", "Connection: close")).toBe(400);
	expect(await plain("GET / HTTP/1.1", own, "Host: evil.example", "Connection: close")).toBe(400);
	expect(await plain("GET / HTTP/1.1", "Host:", "Connection: close")).toBe(400);
});

test("a whole address is taken like its path where it names this machine", async () => {
	expect(await ask(`GET http://localhost:${port}/`)).toBe(200);
	expect(await ask(`GET http://127.0.0.1:${port}`)).toBe(200);
	expect(await ask("GET http://evil/")).toBe(403);
	expect(await ask("GET http://[/")).toBe(403);
});

test.each(["GET //", "GET ///", "GET //evil.example/", "GET /%", "GET /%zz?%", "OPTIONS *", "GET *", "GET /\\"])(
	"%s finds nothing, and the next request is answered",
	async (line) => {
		expect(await ask(line)).toBe(404);
		expect(await ask("GET /")).toBe(200);
	},
);

test.each([
	["an address that is far too long", `GET /${"a".repeat(100_000)}`],
	["no request at all", "\0\x01\x02"],
	["a method of nobody's", "STEAL /"],
	["an address that is no ASCII", "GET /\xff"],
	["a query without a path", "GET ?"],
	["another scheme", "GET data:,"],
	["a tunnel", "CONNECT evil.example:443"],
	["an echo", "TRACE /"],
])("%s is refused, and the next request is answered", async (_what, line) => {
	expect((await ask(line)) ?? 400).toBeGreaterThanOrEqual(400);
	expect(await ask("GET /")).toBe(200);
});

test("what fails behind it is an answer of status 500", async () => {
	const log = vi.spyOn(console, "error").mockImplementation(() => {});
	failing.mockImplementationOnce(() => {
		throw new Error("at once");
	});
	expect(await ask("GET /fails")).toBe(500);
	failing.mockRejectedValueOnce(new Error("later"));
	expect(await ask("GET /fails")).toBe(500);
	expect(log).toHaveBeenCalledTimes(2);
	expect(await ask("GET /")).toBe(200);
	log.mockRestore();
});

test("what a proxy would say is not believed", async () => {
	let said: unknown;
	failing.mockImplementation(() => {
		throw new Error("unused");
	});
	server.removeAllListeners("request").on(
		"request",
		frontDoor((request, response) => {
			said = request.headers["x-forwarded-proto"];
			response.end();
		}),
	);
	expect(await ask("GET /", undefined, "X-Forwarded-Proto: no protocol")).toBe(200);
	expect(said).toBeUndefined();
});
