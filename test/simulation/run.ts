import { createDeviceSessions, type DeviceSessions, type Result } from "../../src/index.js";
import type { TestClient, TestTab } from "../../src/testing/index.js";
import { type Asked, askedOf, makeCall } from "./asked.js";
import { befall, openDevice, type Plant } from "./device.js";
import { type Happening, mutations, people, type Schedule } from "./schedule.js";

interface Command {
	readonly what: string;
	readonly tab: Tab;
	/** The row that it is of, where it is of one. */
	readonly id?: string;
	answers: number;
	result?: Result<unknown>;
}

interface Tab {
	readonly page: TestTab;
	readonly client: TestClient;
	readonly store: DeviceSessions;
	isOpen: boolean;
	isOffline: boolean;
}

interface SignIn {
	readonly tab: Tab | undefined;
	readonly name: string;
	readonly at: number;
}

export interface Outcome {
	/** Which invariants were broken, in words. */
	readonly violations: readonly string[];
	readonly commands: number;
	readonly requests: number;
	/** What happened, to read after a violation. */
	readonly log: readonly string[];
}

export const atOdds = "the page's active account is the cookie's";
export const atOddsBack = "the page's active account is the cookie's when somebody comes back";
export const outOfReach = "no valid session is out of reach";

/** Something happened that no page can know of until somebody comes back to it. */
const silent = new Set<Happening["what"]>(["end", "expire", "closeTab"]);
/** Whom the last click meant is not the last word where one of these comes after it. */
const overrules = new Set<Happening["what"]>([
	"setActive",
	"revoke",
	"signOutOthers",
	"signOutAll",
	"signIn",
	"end",
	"expire",
	"ripen",
]);

/** One run of a schedule: what happens, until all is at rest, and which invariants did not hold. */
export async function simulate(schedule: Schedule, plant: Plant = {}): Promise<Outcome> {
	const { device, clock, prepare, storeOptions, giveBack } = openDevice(schedule, plant);
	const violations: string[] = [];
	const log: string[] = [];
	const commands: Command[] = [];
	const tabs: Tab[] = [];
	/** Everything that anybody could read: states, answers, messages, storage. */
	const seen: string[] = [];
	const tokens = new Set<string>();
	const abandoned = new Set<string>();
	const unlisted = new Set<string>();
	/** Sign-ins on their way, and those whose tab was closed meanwhile: their cookies never came. */
	const signingIn = new Set<SignIn>();
	const cutOff: SignIn[] = [];
	let events = 0;
	let isSilent = false;
	let lastClick: Command | null = null;
	let endedAt = 0;

	const broken = (rule: string) => {
		if (!violations.includes(rule)) violations.push(rule);
	};
	const learnTokens = () => {
		for (const { token } of device.sessions()) tokens.add(token);
	};
	const open = () => tabs.filter(({ isOpen }) => isOpen);

	function openTab(page: TestTab): void {
		const client = prepare(page.client);
		// Safe: the rows are of the client's own type.
		const store = createDeviceSessions(client, schedule.hasPlugin ? {} : storeOptions) as unknown as DeviceSessions;
		plant.store?.(store);
		const tab: Tab = { page, client, store, isOpen: true, isOffline: false };
		tabs.push(tab);
		store.subscribe((state) => {
			const active = state.sessions.filter((row) => row.active);
			if (active.length > 1) broken("at most one account is shown as active");
			if (state.active !== (active[0] ?? null)) broken("the active account is a row");
			if (!Object.isFrozen(state)) broken("what is published is frozen");
		});
	}

	function command(tab: Tab, { what, id, run }: Asked): void {
		const one: Command = { what, tab, answers: 0, ...(id !== undefined && { id }) };
		commands.push(one);
		// Confirmed by a read of this very second, it may have ended since.
		const isRevoking = commands.some((other) => other.answers === 0 && other.what !== "setActive");
		if (what === "setActive" && clock.now() - endedAt > 1_000 && !isRevoking) lastClick = one;
		run().then(
			(result) => {
				one.answers += 1;
				one.result = result;
				seen.push(JSON.stringify(result), result.error?.message ?? "", result.error?.stack ?? "");
				log.push(`${clock.now()} ${what} ${id ?? ""}: ${result.error?.kind ?? "ok"}`);
			},
			() => broken("a command never rejects"),
		);
	}

	/** Whoever was unlisted when a sign-in of the app's went out, or another has ended since, is left behind by it. */
	function leaveBehind(): void {
		const rows = device.rows();
		for (const { id, listed } of rows) if (!listed) unlisted.add(id);
		for (const id of unlisted) if (!schedule.hasPlugin || rows.every((row) => row.id !== id)) abandoned.add(id);
	}

	function happen(happening: Happening): void {
		events += 1;
		if (silent.has(happening.what)) isSilent = true;
		if (overrules.has(happening.what)) lastClick = null;
		const all = open();
		const tab = "tab" in happening ? all[happening.tab % all.length] : undefined;
		log.push(`${clock.now()} ${JSON.stringify(happening)}`);
		const asked = tab && askedOf(happening, tab.store);
		if (asked) command(tab, asked);
		switch (happening.what) {
			case "signIn": {
				const name = people[happening.person] ?? "";
				const email = `${name.toLowerCase()}@example.com`;
				const isNew = device.sessionsOf(name).length === 0 && !schedule.people.includes(name);
				const { password } = device;
				// A sign-in past the limit leaves whoever was unlisted behind: the app's doing, not the store's.
				leaveBehind();
				const one: SignIn = { tab, name, at: clock.now() };
				signingIn.add(one);
				const done = isNew
					? tab?.client.signUp.email({ name, email, password })
					: tab?.client.signIn.email({ email, password });
				const other = () => {
					signingIn.delete(one);
					lastClick = null;
					leaveBehind();
					// A look that was sent before it may still take its cookie away, as every `useSession` does. Past the limit it has
					// no other.
					if (device.sending("GET /get-session") > 0) for (const id of unlisted) abandoned.add(id);
				};
				done?.then(
					other,
					// The app does not know whether it is signed in.
					() => {
						isSilent = true;
						other();
					},
				);
				break;
			}
			case "call": {
				const { path } = happening;
				const sentByStores = () => device.sent.filter((request) => mutations.includes(request)).length;
				const before = sentByStores();
				const wasAlone = device.sending(...mutations) === 0;
				const over = () => {
					// With no request of a command beside it, whom its late cookie leaves behind is not the store's doing.
					if (wasAlone && sentByStores() === before) leaveBehind();
				};
				if (tab) makeCall(tab.client, path).then(over, over);
				break;
			}
			case "end":
			case "expire":
				endedAt = clock.now();
				befall(device, happening);
				break;
			case "ripen":
			case "disturb":
				befall(device, happening);
				break;
			case "openTab":
				if (all.length < 4) openTab(device.openTab());
				break;
			case "closeTab":
				if (tab && all.length > 1) {
					tab.isOpen = false;
					cutOff.push(...[...signingIn].filter((one) => one.tab === tab));
					tab.page.close();
					void tab.store.destroy();
				}
				break;
			case "focus":
				tab?.page.show(true);
				break;
			case "offline":
			case "online":
				if (tab) tab.isOffline = happening.what === "offline";
				tab?.page.goOnline(happening.what === "online");
		}
		learnTokens();
	}

	const isAtRest = () =>
		device.sending(...mutations, "GET /get-session", "GET /multi-session/list-device-sessions") === 0 &&
		open().every(({ client, store }) => {
			const { value, context } = store.actor.getSnapshot();
			const session = client.$store.atoms["session"] as unknown as { value: { isRefetching: boolean } };
			const waits = context.check || context.dueAt !== null || session.value.isRefetching;
			// Offline, what is owed waits for the network.
			return value === "idle" && (!waits || !context.online);
		});

	/** Lets time pass until nothing is under way, half a second at a stretch. */
	async function rest(): Promise<void> {
		let calm = 0;
		for (let waited = 0; calm < 3; waited += 500) {
			if (waited > 120_000) {
				for (const { client, store } of open()) {
					const { value, context } = store.actor.getSnapshot();
					const { retryAt, dueAt, check, readError, online, version, reading, calls } = context;
					log.push(
						JSON.stringify({
							value,
							retryAt,
							dueAt,
							check,
							version,
							reading,
							calls,
							readError,
							online,
							session: client.$store.atoms["session"],
						}),
					);
				}
				return broken("all comes to rest");
			}
			await pass(500);
			calm = isAtRest() ? calm + 1 : 0;
		}
	}

	/** Lets time pass, and looks at every moment whether two pages send a command's requests at once. */
	const pass = (ms: number) =>
		clock.advance(ms, () => {
			if (device.sending(...mutations) > 1) broken("never two commands' requests at once on a device");
		});

	/** What a page shows, beside what is true. */
	function compare(isBack: boolean): void {
		const truth = device.rows();
		const active = truth.find((row) => row.active)?.id ?? null;
		const users = new Map(device.sessions().map(({ id, userId }) => [id, userId]));
		// One row a user: the active session's, where the list shows another one.
		const ids = truth
			.map(({ id }) => id)
			.filter((id) => id === active || users.get(id) !== users.get(active ?? ""))
			.sort()
			.join();
		log.push(
			`true: ${truth.map(({ id, name, ...marks }) => `${id} ${name}${marks.active ? " active" : ""}${marks.listed ? "" : " unlisted"}`)}`,
		);
		for (const [index, { client, page, store }] of open().entries()) {
			const { value } = store;
			log.push(
				`tab ${index} shows ${value?.sessions.map(({ id, user, active, listed }) => `${id} ${user.name}${active ? " active" : ""}${listed ? "" : " unlisted"}`)}, sent ${page.requests.slice(-6)}`,
			);
			const { begun, doubted, doubtedUntil, dueAt, reading, readError, retryAt, version } =
				store.actor.getSnapshot().context;
			log.push(
				JSON.stringify({ begun, doubted, doubtedUntil, version, reading, dueAt, retryAt, error: readError?.kind }),
			);
			// It says itself that it could not read.
			if (!isBack && store.actor.getSnapshot().context.readError) continue;
			if ((value?.active?.id ?? null) !== active) broken(isBack ? atOddsBack : atOdds);
			if (
				value?.sessions
					.map(({ id }) => id)
					.sort()
					.join() !== ids
			)
				broken("the rows are the server's list and the active one");
			const session = client.$store.atoms["session"] as unknown as {
				value: { data: { session?: { id: string } } | null };
			};
			if ((session.value.data?.session?.id ?? null) !== active) broken("useSession shows the active account");
		}
	}

	try {
		// Signed in past the limit, they were out of reach before any store was there.
		const inReach = new Set(device.rows().map(({ id }) => id));
		for (const { id } of device.sessions()) if (!inReach.has(id)) abandoned.add(id);
		openTab(device);
		for (let index = 1; index < schedule.tabs; index += 1) openTab(device.openTab());
		learnTokens();
		await rest();
		for (const { after, happens } of schedule.steps) {
			await pass(after);
			// Without the plugin nobody sees what an app sends past the store: two such things at once end in either order.
			const isUnseen = happens.what === "signIn" && !schedule.hasPlugin;
			if (isUnseen) await rest();
			happen(happens);
			if (isUnseen) await rest();
		}
		await rest();
		device.heal();
		for (const { page, isOffline } of open()) if (isOffline) page.goOnline(true);
		await rest();
		const wasReadable = violations.length === 0;
		if (!isSilent && wasReadable) compare(false);
		// Whoever comes back sees what is true, whatever has happened.
		await pass(1_500);
		for (const { page } of open()) page.show(true);
		await rest();
		compare(true);

		// Of several pages, which click came last is decided by who gets the lock.
		const click = tabs.length === 1 ? (lastClick as Command | null) : null;
		const conflict = open().some(({ store }) => store.value?.error?.kind === "conflict");
		if (
			click?.result?.data &&
			click.tab.isOpen &&
			!conflict &&
			device.rows().find((row) => row.active)?.id !== click.id
		)
			broken("the last click that succeeded is the active account");
		for (const { tab, what, answers: count } of commands)
			if (tab.isOpen ? count !== 1 : count > 1) broken(`every command is answered exactly once: ${what}`);
		const reachable = new Set(device.rows().map(({ id }) => id));
		for (const name of people) {
			for (const { id, createdAt } of device.sessionsOf(name)) {
				if (cutOff.some((one) => one.name === name && +createdAt >= one.at)) abandoned.add(id);
			}
		}
		for (const { id } of device.sessions()) {
			if (reachable.has(id) || abandoned.has(id)) continue;
			log.push(`out of reach: ${id}`);
			broken(outOfReach);
		}
		const bound = 12 * (1 + commands.length + events) * 4;
		if (device.sent.length > bound) broken("the number of requests is bounded by what happened");
		for (const { store } of tabs)
			seen.push(JSON.stringify(store.value), JSON.stringify(store.actor.getSnapshot().context));
		seen.push(...device.stored(), ...device.said());
		const text = seen.join("\n");
		for (const token of tokens) if (text.includes(token)) broken("no token shows anywhere");
		return { violations, commands: commands.length, requests: device.sent.length, log };
	} finally {
		for (const { store } of tabs) void store.destroy();
		giveBack();
	}
}
