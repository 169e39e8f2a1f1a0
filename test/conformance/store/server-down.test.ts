import { expect, onTestFinished, test } from "vitest";
import { createDeviceSessions } from "../../../src/index.js";
import { openDevice, pretendBrowser, until } from "../../support/open-store.js";
import { type Browser, createBrowser, createRealServer, signUp } from "../../support/real-server.js";
import { createClock } from "../../support/simulated-clock.js";

const list = "/multi-session/list-device-sessions";
const session = "/get-session";
/** A clock without chance, on which no time passes by itself: whatever is sent again is sent at once. */
const evenly = () => ({ ...createClock(), random: () => 0 });
const refused = (status: number) => () => new Response(null, { status });
const offline = () => new TypeError("fetch failed");

/** Far more than anybody should send with no time passed; from there on nothing is answered, so that a test ends. */
const many = 20;

/** The list fails at once; get-session answers so, some real time later, as it does where it takes longer. */
function breakDown(browser: Browser, fail: () => Response | Error, later: (request: Request) => unknown) {
	let lists = 0;
	const forever = new Promise<never>(() => {});
	const answerLater = async (request: Request) => {
		await new Promise((resolve) => setTimeout(resolve, 2));
		// Safe: a response, or an error to throw.
		return (await later(request)) as Response;
	};
	browser.answer(list, () => {
		lists += 1;
		return lists > many ? forever : fail();
	});
	browser.answer(session, answerLater);
}

/** How often the list is asked for while no simulated time passes. */
async function asked(browser: Browser): Promise<number> {
	await new Promise((resolve) => setTimeout(resolve, 300));
	return browser.requests.filter((line) => line.endsWith(list)).length;
}

test.each([
	["the network is gone", offline],
	["the server fails", refused(503)],
])(
	"where %s for both requests, and get-session says so later, a read is made once and then backed off",
	async (_, fail) => {
		const clock = evenly();
		const { browser, store } = await openDevice(["Ada", "Bob"], { clock });
		breakDown(browser, fail, fail);
		await store.refetch();
		expect(await asked(browser)).toBe(1);
		expect(store.value?.retryAt).toBe(clock.now() + 1_000);
	},
);

test.each([
	["a server that fails", 503],
	["a server without the plugin", 404],
])("%s, while get-session still says who is active, is not asked again and again", async (_, status) => {
	const clock = evenly();
	const browser = createBrowser(createRealServer());
	await signUp(browser, "Ada");
	breakDown(browser, refused(status), (request) => browser.pass(request));
	pretendBrowser();
	const store = createDeviceSessions(browser.openTab(), { clock });
	const stop = store.subscribe(() => {});
	onTestFinished(stop);
	await until(store, ({ error }) => error !== null);
	expect(await asked(browser)).toBeLessThanOrEqual(2);
	browser.requests.length = 0;
	expect((await store.refetch()).error).not.toBeNull();
	expect(await asked(browser)).toBeLessThanOrEqual(2);
	for (let round = 0; round < 4; round += 1) {
		clock.advance(10_000);
		await asked(browser);
	}
	// The first, three more times each with a back-off, and one where get-session had something to tell.
	expect(await asked(browser)).toBeLessThanOrEqual(5);
});

test.each([
	["ended elsewhere", 503],
	["ended elsewhere", 404],
	["given way to another's", 503],
	["given way to another's", 404],
])(
	"where the active session has %s and the list answers %s, the device is not asked again and again",
	async (how, status) => {
		const clock = evenly();
		const { browser, server, store, row } = await openDevice(["Ada", "Bob"], { clock });
		if (how === "ended elsewhere") server.end(row("Bob").id);
		else {
			const token = server.sessions().find(({ id }) => id === row("Ada").id)?.["token"];
			// As another tab would, which this one has not heard of.
			await browser.openTab().multiSession.setActive({ sessionToken: String(token) });
		}
		browser.requests.length = 0;
		breakDown(browser, refused(status), (request) => browser.pass(request));
		await store.refetch();
		expect(await asked(browser)).toBeLessThanOrEqual(2);
		expect(store.value?.status).toBe("idle");
	},
);
