import { describe, expect, test } from "vitest";
import { answeredBy, everyOperation } from "./every-operation.js";

const page = () => new Response("<!doctype html><title>My app</title>", { headers: { "content-type": "text/html" } });

describe.each(everyOperation)("$operation", (each) => {
	const { operation, mutates, run } = each;

	test("a page with status 200 is no answer", async () => {
		const { data, error } = await run(answeredBy(each, page).client, "sent");
		expect(data).toBeNull();
		expect(error).toMatchObject({ kind: "invalid-response", operation, issues: [{ path: "" }] });
		expect(error?.message).toContain("baseURL");
	});

	test.each([
		["a page", page],
		["an empty object", () => Response.json({ unexpected: true })],
		["a number", () => Response.json(42)],
	])(`${mutates ? "the server has acted" : "nothing was changed"} where %s comes back`, async (_, answer) => {
		const { error } = await run(answeredBy(each, answer).client, "sent");
		expect(error?.kind).toBe("invalid-response");
		expect(error?.applied).toBe(mutates ? true : undefined);
	});

	if (each.nullable) {
		test("null with status 200 is an answer", async () => {
			const { client } = answeredBy(each, () => Response.json(null));
			expect(await run(client, "sent")).toEqual({ data: null, error: null });
		});
	} else {
		test("null with status 200 is no answer", async () => {
			const { client } = answeredBy(each, () => Response.json(null));
			const { data, error } = await run(client, "sent");
			expect(data).toBeNull();
			expect(error).toMatchObject({ kind: "invalid-response", issues: [{ path: "" }] });
		});
	}
});
