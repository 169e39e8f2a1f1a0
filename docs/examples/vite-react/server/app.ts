import { serializeSnapshot, toDeviceSessions } from "device-sessions";
import { Hono } from "hono";
import { auth } from "./auth";
import { guard } from "./guard";
import { addNote, notesOf } from "./notes";
import { render } from "./render";

async function snapshotFor(headers: Headers) {
	const [list, session] = await Promise.all([
		auth.api.listDeviceSessions({ headers }),
		auth.api.getSession({ headers, query: { disableRefresh: true } }),
	]);
	return { snapshot: toDeviceSessions(list, session), userId: session?.user.id };
}

/** The whole server, but for the files of the build. */
export const createApp = (html: string) =>
	new Hono()
		.on(["GET", "POST"], "/api/auth/*", ({ req }) => auth.handler(req.raw))
		.use("/api/notes", guard)
		.get("/api/notes", ({ json, get }) => json(notesOf(get("user").id)))
		.post("/api/notes", async ({ req, body, get }) => {
			addNote(get("user").id, await req.text());
			return body(null, 204);
		})
		.get("*", async (c) => {
			const { snapshot, userId } = await snapshotFor(c.req.raw.headers);
			if (c.req.path === "/notes" && !userId) return c.redirect("/sign-in");
			// A link to another account's page: the page offers the switch.
			const means = c.req.query("account");
			const isOther = c.req.path === "/notes" && means !== undefined && means !== userId;
			const json = serializeSnapshot(snapshot);
			const page = html
				.replace("<!--app-->", () => render(new URL(c.req.url), snapshot))
				.replace("<!--snapshot-->", () => `<script type="application/json" id="device-sessions">${json}</script>`);
			return c.html(page, isOther ? 409 : 200);
		});
