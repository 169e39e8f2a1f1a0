import { expect, test } from "vitest";
import { namesOf } from "../../../../src/device-sessions/tabs/names.js";

const server = "https://host.example/api/auth";

test("what tabs share carries the number of their protocol, their server, and a name of its own for each part", () => {
	const parts = ["lock", "channel", "version", "half-way", "last-used", "last-active", "last-times", "ended"];
	expect(parts.map(namesOf(server))).toEqual(parts.map((part) => `device-sessions:3:${server}:${part}`));
});
