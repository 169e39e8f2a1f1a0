import { expect, test } from "vitest";
import { cameBack, wasAsked, wasSent } from "../../../docs/demo/page/summary.js";

const token = "sJ4kX0pQ9vT2mW7zR5nB8cL1";
const asked = (path: string) => wasAsked(new URL(path, "http://localhost:4173"));

test("a path is shown without its query", () => {
	expect(asked("/api/auth/get-session?disableCookieCache=true")).toBe("/get-session");
	expect(asked(`/api/auth/reset-password?token=${token}`)).toBe("/reset-password");
	expect(asked(`/api/auth/verify-email?token=${token}&callbackURL=%2F`)).toBe("/verify-email");
});

test("the token in the path of a mail's link is not shown", () => {
	expect(asked(`/api/auth/reset-password/${token}?callbackURL=%2F`)).toBe("/reset-password/•••");
});

test("of what was sent only names and addresses are shown", () => {
	expect(wasSent(JSON.stringify({ email: "ada@example.com", password: "correct-horse" }))).toBe(
		"email ada@example.com, password •••",
	);
	expect(wasSent(JSON.stringify({ newPassword: "correct-horse", token }))).toBe("newPassword •••, token •••");
	expect(wasSent(JSON.stringify({ code: "123456" }))).toBe("code •••");
});

test("of what came back no token is shown", () => {
	const user = { name: "Ada", email: "ada@example.com" };
	expect(cameBack(JSON.stringify({ token, user }))).toBe("Ada");
	expect(cameBack(JSON.stringify({ token }))).toBe("{ … }");
	expect(cameBack(JSON.stringify({ id: token, name: "Royal Society" }))).toBe("Royal Society");
	expect(cameBack(JSON.stringify({ user: token, letters: [{}, {}] }))).toBe("2 letters");
	expect(cameBack(JSON.stringify({ status: true, message: token }))).toBe("status: true");
});
