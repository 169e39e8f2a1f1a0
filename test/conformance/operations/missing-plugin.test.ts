import { expect, test } from "vitest";
import { Core, MultiSession } from "../../../src/index.js";
import { declared } from "./declared.js";
import { everyOperation, signedIn } from "./every-operation.js";

const ofPlugins = everyOperation.flatMap((each) => {
	const { plugin } = declared(each.name);
	return plugin ? [{ ...each, plugin }] : [];
});

test.each(ofPlugins)(
	"$name on a server without $plugin() says what to add, on both sides",
	async ({ operation, plugin, run }) => {
		const { client, token } = await signedIn(["Ada"], { plugins: [] });
		const { data, error } = await run(client, token("Ada"));
		expect(data).toBeNull();
		expect(error).toMatchObject({ kind: "rejected", operation, status: 404 });
		expect(error?.message).toContain(`${plugin}()`);
		expect(error?.message).toContain(`${plugin}Client()`);
	},
);

test("the core operations need no plugin", async () => {
	const { client, token } = await signedIn(["Ada"], { plugins: [] });
	expect((await Core.GetSession(client)).data?.user.name).toBe("Ada");
	expect((await Core.RevokeSession(client, { token: token("Ada") })).error).toBeNull();
	expect((await Core.SignOut(client, {})).error).toBeNull();
	expect((await MultiSession.ListSessions(client)).error?.status).toBe(404);
});
