import { expect, test } from "vitest";
import { serializeSnapshot, toDeviceSessions } from "../../../../src/index.js";

const at = new Date("2026-01-02T03:04:05.678Z");
const dates = { createdAt: at, updatedAt: at };

test.each(["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "\\u003c"])(
	"a user named %j does not leave the element, and comes back whole",
	(name) => {
		const session = { id: "s", token: "gbhi7wTiNE4Mari62yKjOhwMFyyNKped", userId: "u", expiresAt: at, ...dates };
		const user = { id: "u", name, email: "u@example.com", emailVerified: true, ...dates };
		const snapshot = toDeviceSessions([{ session, user }], { session, user });
		const text = serializeSnapshot(snapshot);
		expect(text).not.toMatch(/[<\u2028\u2029]/);
		expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(snapshot)));
		expect(JSON.parse(text).sessions[0].user.name).toBe(name);
	},
);
