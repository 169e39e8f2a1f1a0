import { describe, expect, test } from "vitest";
import { scopeOf, serverOf } from "../../../../src/device-sessions/page/server.js";

const page = { location: { origin: "https://host.example" } };
const server = "https://host.example/api/auth";

describe("a server has one name", () => {
	test.each([
		"/api/auth",
		"/api/auth/",
		"/x/../api/auth//",
		"https://host.example/api/auth/",
		"https://HOST.example:443/api/auth",
		" HTTPS://host.example/api/auth ",
	])("however it is spelled: %j", (spelled) => {
		expect(scopeOf(spelled, page)).toBe(server);
	});

	test.each([
		["another path", "/admin/auth"],
		["a path in other letters", "/API/auth"],
		["another port", "https://host.example:8443/api/auth"],
		["another protocol", "http://host.example/api/auth"],
		["a subdomain", "https://auth.host.example/api/auth"],
		["the origin alone", ""],
	])("and %s is another one", (_, spelled) => {
		expect(scopeOf(spelled, page)).not.toBe(server);
	});

	test("which is the page's origin where nothing is given", () => {
		expect(scopeOf("", page)).toBe("https://host.example");
		expect(scopeOf("", { location: { origin: "capacitor://localhost" } })).toBe("capacitor://localhost");
	});

	test.each([
		["no page", undefined],
		["no address", {}],
		["a sandboxed frame", { location: { origin: "null" } }],
		[
			"an address that cannot be asked for",
			{
				get location(): never {
					throw new DOMException("denied", "SecurityError");
				},
			},
		],
	])("and with %s a constant stands in for the origin", (_, at) => {
		expect([scopeOf("", at), scopeOf("/api/auth", at), scopeOf(server, at)]).toEqual([
			"http://localhost",
			"http://localhost/api/auth",
			server,
		]);
	});

	test("and what is no URL at all is its own name", () => {
		expect(scopeOf("https://", page)).toBe("https://");
		expect(scopeOf("shop", page)).not.toBe(scopeOf("blog", page));
		expect(scopeOf("shop#1", page)).not.toBe(scopeOf("shop#2", page));
	});
});

describe("the server of a client is where Better Auth finds it", () => {
	test.each([
		["by itself", {}, server],
		["below another path", { basePath: "/admin/auth" }, "https://host.example/admin/auth"],
		["below a path without its slash", { basePath: "admin/auth/" }, "https://host.example/admin/auth"],
		["at the root", { basePath: "/" }, "https://host.example"],
		["on another host", { baseURL: "https://auth.example/" }, "https://auth.example/api/auth"],
		["on another host, below a path", { baseURL: "https://auth.example", basePath: "/v2" }, "https://auth.example/v2"],
		["at a URL that has a path", { baseURL: "https://auth.example/v1", basePath: "/v2" }, "https://auth.example/v1"],
		["at a URL of its requests", { fetchOptions: { baseURL: "/proxy/auth" } }, "https://host.example/proxy/auth"],
	])("%s", (_, options, expected) => {
		expect(scopeOf(serverOf(options, page), page)).toBe(expected);
	});
});
