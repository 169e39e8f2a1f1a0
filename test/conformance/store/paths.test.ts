import { expect, test } from "vitest";
import type { Result } from "../../../src/index.js";
import { openDevice } from "../../support/open-store.js";
import type { Browser } from "../../support/real-server.js";
import { type Path, type Step, shortestPaths } from "./paths.js";

// Every state of the machine with every kind of queue, by its shortest path, against a real server: what is sent waits
// on the wire until the path says how it is answered.

const paths = shortestPaths();

test("the paths are as many as the states and kinds of queues", () => {
	console.log(`paths: ${paths.length} replayed against the server`);
	expect(paths.length).toBeGreaterThan(100);
});

const checks = "/get-session";
const reads = ["/multi-session/list-device-sessions", checks];
const mutations = ["/multi-session/set-active", "/multi-session/revoke", "/sign-out"];

/** A wire on which everything waits. */
function holdAll(browser: Browser, changed: () => void) {
	const held = new Set<{ path: string; answer(how: "ok" | "refused" | "none"): Promise<void> }>();
	for (const path of [...reads, ...mutations]) {
		browser.answer(path, (request) => {
			let resolve: (response: Response) => void = () => {};
			let reject: (error: unknown) => void = () => {};
			const promise = new Promise<Response>((settle, refuse) => {
				resolve = settle;
				reject = refuse;
			});
			const entry = {
				path,
				async answer(how: "ok" | "refused" | "none") {
					held.delete(entry);
					if (how === "ok") resolve(await browser.pass(request));
					else if (how === "none") reject(new TypeError("no network"));
					else resolve(Response.json({ message: "no" }, { status: 403 }));
				},
			};
			request.signal.addEventListener("abort", () => {
				held.delete(entry);
				reject(request.signal.reason);
				changed();
			});
			held.add(entry);
			changed();
			return promise;
		});
	}
	return held;
}

async function replay({ steps }: Path) {
	const { server, browser, store, row } = await openDevice(["b", "a"]);
	const ids: Record<string, string> = { a: row("a").id, b: row("b").id };
	let look = () => {};
	const held = holdAll(browser, () => look());
	store.listen(() => look());

	/** Resolves when the store is in this state and has sent what belongs to it. */
	const reaches = (state: string) =>
		new Promise<void>((resolve) => {
			look = () => {
				const paths = [...held].map(({ path }) => path);
				const sent = {
					idle: paths.every((path) => path === checks),
					loading: paths.includes("/multi-session/list-device-sessions"),
					switching: paths.includes("/multi-session/set-active"),
					revoking: paths.some((path) => mutations.includes(path)),
				}[state];
				if (sent && store.value?.status === state) resolve();
			};
			look();
		});

	const answers: Promise<Result<unknown>>[] = [];
	const act = async (step: Step) => {
		if ("answer" in step) {
			const isRead = store.value?.status === "loading";
			const wanted = [...held].filter(({ path }) => (isRead ? reads : mutations).includes(path));
			await Promise.all(wanted.map((request) => request.answer(step.answer)));
			return;
		}
		const id = "id" in step ? (ids[step.id] ?? "") : "";
		answers.push(store[step.does](id));
	};
	for (const { step, state } of steps) {
		await act(step);
		await reaches(state);
	}

	// To rest: everything is answered as the server has it.
	const settled = Promise.all(answers);
	let resting = false;
	void settled.then(() => {
		resting = true;
		look();
	});
	await new Promise<void>((resolve) => {
		look = () => {
			for (const request of held) void request.answer("ok");
			if (resting && held.size === 0 && store.value?.status === "idle") resolve();
		};
		look();
	});
	return { server, browser, store, results: await settled };
}

test.each(paths)("$title", async (path) => {
	const { server, browser, store, results } = await replay(path);
	expect(results.every(({ data, error }) => (data === null) !== (error === null))).toBe(true);
	const token = browser.activeToken();
	const active = server.sessions().find((session) => session["token"] === token);
	expect(store.value?.active?.user.id ?? null).toBe(active?.["userId"] ?? null);
	const rows = store.value?.sessions.map(({ id }) => id).sort();
	expect(rows).toEqual(
		server
			.sessions()
			.map((session) => session["id"])
			.sort(),
	);
});
