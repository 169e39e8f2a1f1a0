import { expect, onTestFinished, test, vi } from "vitest";
import { postSignOut } from "../../../../src/device-sessions/auth/post-sign-out.js";

const channel = Symbol.for("better-auth:broadcast-channel");

/** What Better Auth's client keeps for all its clients on a page. */
function place(value: unknown): void {
	Reflect.set(globalThis, channel, value);
	onTestFinished(() => void Reflect.deleteProperty(globalThis, channel));
}

test("the other tabs hear of it in the words of Better Auth's client", () => {
	const post = vi.fn();
	place({ post });
	postSignOut();
	expect(post.mock.calls).toEqual([
		[{ event: "session", data: { trigger: "signout" }, clientId: expect.stringMatching(/^[a-z\d]+$/) }],
	]);
});

test("nobody takes it for a word of its own: each is said under another name", () => {
	const post = vi.fn();
	place({ post });
	postSignOut();
	postSignOut();
	expect(new Set(post.mock.calls.map(([{ clientId }]) => clientId)).size).toBe(2);
});

test.each([[undefined], [null], [{}], [7]])("where the channel is %o nothing is said, and nothing breaks", (value) => {
	place(value);
	expect(postSignOut).not.toThrow();
});
