import assert from "node:assert/strict";
import { isRefused, note, seesNotesOf, switchTo, trigger, type Visit } from "./visit.js";

interface Step {
	readonly title: string;
	run(visit: Visit): Promise<void>;
}

const save = { name: "Save", exact: true };

/** What holds in every example, in the order in which a person comes to it: each step goes on from the one before. */
export const steps: readonly Step[] = [
	{
		title: "signed out, the header offers to sign in, and the notes are closed",
		async run(visit) {
			const { page } = visit;
			await page.goto("/");
			await trigger(page).filter({ hasText: "Sign in" }).waitFor();
			await page.goto("/notes");
			await page.waitForURL("**/sign-in");
			assert.equal((await visit.request("GET", "/api/notes")).status(), 401);
		},
	},
	{
		title: "two people create their accounts on one device",
		async run(visit) {
			await visit.createAccount("Ada");
			await visit.createAccount("Bob");
			assert.deepEqual((await visit.rows()).map(({ user }) => user.name).sort(), ["Ada", "Bob"]);
		},
	},
	{
		title: "the server's page has the active account and the snapshot, and no token",
		async run(visit) {
			const html = await (await visit.request("GET", "/notes")).text();
			// A framework may put a comment between a text and a value.
			assert.match(html.replaceAll("<!-- -->", ""), /Notes of Bob/);
			for (const { session, user } of await visit.rows()) {
				assert(html.includes(user.id), `the snapshot lacks ${user.name}`);
				assert(!html.includes(session.token), `the token of ${user.name} is in the page`);
			}
		},
	},
	{
		title: "the page is hydrated, and a note is saved",
		async run({ page }) {
			await page.reload();
			await seesNotesOf(page, "Bob");
			await page.getByLabel("New note").fill("Bob's own");
			await page.getByRole("button", save).click();
			await note(page, "Bob's own").waitFor();
		},
	},
	{
		title: "the page follows a switch without being loaded again",
		async run({ page }) {
			await page.evaluate(() => document.documentElement.setAttribute("data-loaded", "once"));
			await switchTo(page, "Ada");
			await seesNotesOf(page, "Ada");
			await note(page, "Bob's own").waitFor({ state: "detached" });
			assert.equal(await page.locator("html").getAttribute("data-loaded"), "once");
		},
	},
	{
		title: "a reload stays with the account",
		async run({ page }) {
			await page.reload();
			await seesNotesOf(page, "Ada");
			assert.equal(await note(page, "Bob's own").count(), 0);
		},
	},
	{
		title: "a request that means another account than its cookies, or none, is refused with 409",
		async run(visit) {
			const [ada, bob] = [await visit.rowOf("Ada"), await visit.rowOf("Bob")];
			const statuses = [ada.user.id, bob.user.id, undefined].flatMap((account) =>
				["GET", "POST"].map(async (method) => {
					const asked = { ...(account && { account }), ...(method === "POST" && { data: "by request" }) };
					return (await visit.request(method, "/api/notes", asked)).status();
				}),
			);
			assert.deepEqual(await Promise.all(statuses), [200, 204, 409, 409, 409, 409]);
		},
	},
	{
		title: "a draft of the account before is refused in a second tab, which offers the switch, and is saved after it",
		async run(visit) {
			const { page } = visit;
			await switchTo(page, "Bob");
			const second = await visit.openTab("/notes");
			await seesNotesOf(second, "Bob");
			await second.getByLabel("New note").fill("begun as Bob");
			await switchTo(page, "Ada");
			await seesNotesOf(second, "Ada");
			await isRefused(second, () => second.getByRole("button", save).click());
			await second.getByRole("button", { name: "Switch to Bob" }).click();
			await seesNotesOf(second, "Bob");
			await note(second, "begun as Bob").waitFor();
			await seesNotesOf(page, "Bob");
			await second.close();
		},
	},
	{
		title: "a page that its cookies have left behind is refused, follows, and offers the way back",
		async run(visit) {
			const { page } = visit;
			const { session } = await visit.rowOf("Ada");
			const data = { sessionToken: session.token };
			assert.equal((await visit.request("POST", "/api/auth/multi-session/set-active", { data })).status(), 200);
			await page.getByLabel("New note").fill("meant by Bob");
			await isRefused(page, () => page.getByRole("button", save).click());
			await seesNotesOf(page, "Ada");
			await page.getByRole("button", { name: "Switch to Bob" }).click();
			await seesNotesOf(page, "Bob");
			await note(page, "meant by Bob").waitFor();
		},
	},
	{
		title: "a link to another account's page offers the switch, and follows it",
		async run(visit) {
			const { page } = visit;
			const { user } = await visit.rowOf("Ada");
			const answer = await page.goto(`/notes?account=${user.id}&from=mail`);
			assert.equal(answer?.status(), visit.example.linkStatus ?? 409);
			assert.equal(await page.getByRole("heading", { name: "Notes of" }).count(), 0);
			// The server renders the button, but a press does nothing before the page's scripts are there.
			await trigger(page).waitFor();
			await page.getByRole("button", { name: "Switch to Ada" }).click();
			await seesNotesOf(page, "Ada");
			// A reload does not ask again, and what else the link says stays.
			await page.waitForURL(`${visit.url}/notes?from=mail`);
			await switchTo(page, "Bob");
			await seesNotesOf(page, "Bob");
			await page.goto("/notes?account=somebody-else");
			await page.getByRole("alert").filter({ hasText: "not signed in here" }).waitFor();
		},
	},
	{
		title: "signing out of the active account shows the other one",
		async run({ page }) {
			await page.goto("/notes");
			await trigger(page).filter({ hasText: "Bob" }).click();
			await page.locator("account-switcher [part~=manage]").click();
			const row = page.locator("account-switcher [part=row]", { hasText: "Bob" });
			await row.locator("[part=sign-out]").click();
			await seesNotesOf(page, "Ada");
		},
	},
	{
		title: "after the last sign-out the page goes to the sign-in",
		async run(visit) {
			const { page } = visit;
			await page.reload();
			await trigger(page).filter({ hasText: "Ada" }).click();
			await page.locator("account-switcher [part~=sign-out-all]").click();
			await page.waitForURL("**/sign-in");
			await trigger(page).filter({ hasText: "Sign in" }).waitFor();
			assert.deepEqual(await visit.rows(), []);
		},
	},
];
