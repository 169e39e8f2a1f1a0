import { describe, expect, test } from "vitest";
import { Core, MultiSession } from "../../../src/index.js";
import { openPlainJsonTab, signedIn } from "./every-operation.js";

const isoName = "2024-01-01T00:00:00Z";

describe.each([
	["dates that the client has revived", false],
	["dates left as the strings that were sent", true],
])("%s", (_, plain) => {
	const open = async (name: string) => {
		const { browser, client, token } = await signedIn(["Ada"]);
		await client.updateUser({ name });
		return { client: plain ? openPlainJsonTab(browser) : client, raw: openPlainJsonTab(browser), token };
	};

	test("come out as dates from the list, from set-active and from get-session", async () => {
		const { client, raw, token } = await open("Ada");
		const sent = (await raw.getSession()).data as unknown as {
			session: { expiresAt: string };
			user: { createdAt: string };
		};
		expect(sent.session.expiresAt).toEqual(expect.any(String));
		const list = await MultiSession.ListSessions(client);
		const active = await MultiSession.SetActive(client, { sessionToken: token("Ada") });
		const current = await Core.GetSession(client);
		for (const row of [list.data?.[0], active.data, current.data]) {
			for (const date of [
				row?.session.expiresAt,
				row?.session.createdAt,
				row?.session.updatedAt,
				row?.user.createdAt,
				row?.user.updatedAt,
			])
				expect(date).toBeInstanceOf(Date);
			expect(row?.session.expiresAt).toEqual(new Date(sent.session.expiresAt));
			expect(row?.user.createdAt).toEqual(new Date(sent.user.createdAt));
		}
	});

	test("do not turn somebody called like a date into one", async () => {
		const { client, token } = await open(isoName);
		const list = await MultiSession.ListSessions(client);
		const active = await MultiSession.SetActive(client, { sessionToken: token(isoName) });
		const current = await Core.GetSession(client);
		expect(list.data?.map(({ user }) => user.name)).toEqual([isoName]);
		expect(active.data?.user.name).toBe(isoName);
		expect(current.data?.user.name).toBe(isoName);
	});
});
