import { setTimeout as later } from "node:timers/promises";
import type { Result } from "../../src/index.js";
import { type Asked, askedOf, makeCall } from "../simulation/asked.js";
import { type Happening, people, type Schedule } from "../simulation/schedule.js";
import { password } from "../support/real-server.js";
import { type Device, openDevice, type Tab } from "./device.js";
import type { Farm } from "./farm.js";
import { type Faults, faultKinds } from "./faults.js";
import type { Ledger } from "./ledger.js";
import { through } from "./through.js";

export interface Outcome {
	readonly seed: number;
	/** What was not as it has to be, in words. */
	readonly violations: readonly string[];
	readonly commands: number;
	readonly succeeded: number;
	readonly requests: number;
	/** By kind, how many commands ended with an error. */
	readonly errors: ReadonlyMap<string, number>;
	/** Pages that said, with everything well again, that they could not read: until they were asked to. */
	readonly saidSo: number;
	/** What Better Auth itself has ended, or has said that it has, on an instance that lags or had lost its connection. */
	readonly notOurs: readonly string[];
	readonly log: readonly string[];
}

interface Command {
	readonly what: string;
	readonly tab: Tab;
	readonly id?: string | undefined;
	answers: number;
	result?: Result<unknown>;
}

/** How long a device may take to come to rest, in ms. */
const patience = 60_000;

/** Something happened that no page can know of until somebody comes back to it, or which is another click. */
const overrules = new Set<Happening["what"]>(["revoke", "signOutOthers", "signOutAll", "signIn", "end", "expire"]);

/** One device, and what happens to it and to the farm behind it. */
export function createRun(farm: Farm, ledger: Ledger, faults: Faults, schedule: Schedule, number: number) {
	const { maximumSessions, seed } = schedule;
	// Every third device asks more often than its address may.
	const rules = { maximumSessions, max: seed % 3 === 0 ? 8 : 1_000 };
	const device = openDevice({ reach: through(farm.url, number), number, rules, ledger, people });
	const violations: string[] = [];
	const notOurs: string[] = [];
	const log: string[] = [];
	const commands: Command[] = [];
	const tabs = new Set<Tab>();
	const opened: Tab[] = [];
	const tokens = new Set<string>();
	const seen: string[] = [];
	let lastClick: Command | undefined;
	const began = Date.now();

	const say = (line: string) => void log.push(`${Date.now() - began} ${line}`);
	const broken = (rule: string) => {
		if (!violations.includes(rule)) violations.push(rule);
	};
	const learnTokens = async () => {
		for (const { token } of await device.sessions()) tokens.add(token);
	};

	function openTab(): void {
		const tab = device.openTab();
		tabs.add(tab);
		opened.push(tab);
		tab.store.subscribe((state) => {
			if (state.sessions.filter(({ active }) => active).length > 1) broken("at most one account is shown as active");
			seen.push(JSON.stringify(state));
		});
	}

	function command(tab: Tab, { what, id, run }: Asked): void {
		const one: Command = { what, tab, answers: 0, ...(id !== undefined && { id }) };
		commands.push(one);
		if (what === "setActive") lastClick = one;
		run().then(
			(result) => {
				one.answers += 1;
				one.result = result;
				seen.push(JSON.stringify(result), result.error?.message ?? "", result.error?.stack ?? "");
				say(`${what} ${id ?? ""}: ${result.error ? `${result.error.kind} ${result.error.status ?? ""}` : "ok"}`);
			},
			() => broken("a command never rejects"),
		);
	}

	async function happen(happening: Happening, random: number): Promise<void> {
		if (overrules.has(happening.what)) lastClick = undefined;
		const all = [...tabs];
		const tab = "tab" in happening ? all[happening.tab % all.length] : undefined;
		say(JSON.stringify(happening));
		const asked = tab && askedOf(happening, tab.store);
		if (asked) command(tab, asked);
		switch (happening.what) {
			case "signIn":
				// Whether it has worked, and whether the page learns of it, shows at rest.
				void tab?.client.signIn
					.email({ email: device.emailOf(people[happening.person] ?? ""), password })
					.then(({ error }) => say(`signIn: ${error?.status ?? "ok"}`))
					.catch(() => say("signIn: no answer"));
				break;
			case "call":
				if (tab) makeCall(tab.client, happening.path).catch(() => {});
				break;
			case "end":
			case "expire":
			case "ripen": {
				const name = people[happening.person];
				for (const session of (await device.sessions()).filter((one) => one.name === name)) {
					if (happening.what === "end") await ledger.end(session);
					else {
						const days = happening.what === "expire" ? -1 : 5;
						await ledger.expire(session, new Date(Date.now() + days * 86_400_000));
					}
				}
				break;
			}
			case "disturb":
				faults.befall(faultKinds[random % faultKinds.length] ?? faultKinds[0], random);
				break;
			case "openTab":
				if (tabs.size < 4) openTab();
				break;
			case "closeTab":
				if (tab && tabs.size > 1) {
					tabs.delete(tab);
					tab.close();
					void tab.store.destroy();
				}
				break;
			case "focus":
				tab?.show(true);
				break;
			case "offline":
			case "online":
				tab?.goOnline(happening.what === "online");
		}
	}

	/** Nothing is under way, and nothing waited for but the end of a pause that the page shows. */
	function isAtRest({ client, store }: Tab): boolean {
		const { value, context } = store.actor.getSnapshot();
		// Safe: it is Better Auth's own.
		const session = client.$store.atoms["session"] as unknown as { value: { isRefetching: boolean } };
		const waits = !context.readError && (context.check || context.dueAt !== null);
		return value === "idle" && context.calls.length === 0 && !waits && !session.value.isRefetching;
	}

	async function rest(): Promise<void> {
		const until = Date.now() + patience;
		for (let calm = 0; calm < 3; ) {
			if (Date.now() > until) {
				for (const { store } of tabs) {
					const { value, context } = store.actor.getSnapshot();
					const { retryAt, dueAt, check, readError, calls, queue } = context;
					say(JSON.stringify({ value, retryAt, dueAt, check, readError, calls, queue: queue.length }));
				}
				return broken("all comes to rest");
			}
			await later(100);
			calm = [...tabs].every(isAtRest) ? calm + 1 : 0;
		}
	}

	/** A page that says that it could not read is asked to, until it has. */
	async function readAgain(): Promise<number> {
		let saidSo = 0;
		for (const { store } of tabs) {
			if (store.actor.getSnapshot().context.readError) saidSo += 1;
			for (let tries = 0; store.actor.getSnapshot().context.readError && tries < 30; tries += 1) {
				await store.refetch();
				// Its address may have asked too often: for 5 s.
				if (store.actor.getSnapshot().context.readError) await later(1_000);
			}
		}
		return saidSo;
	}

	async function compare(): Promise<void> {
		const truth = await device.rows();
		const [active] = truth.filter((row) => row.active);
		const line = (rows: readonly { id: string; active: boolean }[]) =>
			rows
				.map(({ id, active }) => id + (active ? "*" : ""))
				.sort()
				.join(" ");
		say(`true: ${truth.map(({ id, name, active }) => `${name} ${id}${active ? "*" : ""}`).join(", ")}`);
		for (const { store } of tabs) {
			const { value } = store;
			if (!value || value.error) say(`a page says ${value?.error?.kind}`);
			say(
				`shown: ${value?.sessions.map(({ id, user, active }) => `${user.name} ${id}${active ? "*" : ""}`).join(", ")}`,
			);
			if ((value?.active?.id ?? null) !== (active?.id ?? null)) broken("the page's active account is the cookie's");
			if (line(value?.sessions ?? []) !== line(truth)) broken("the rows are those of the server");
		}
		const sessions = (await device.sessions()).filter(({ expiresAt }) => +expiresAt > Date.now());
		const valid = new Set(sessions.map(({ id }) => id));
		const outOfReach = compareEndings(sessions);
		for (const { what, result, answers, tab, id } of commands) {
			if (tabs.has(tab) ? answers !== 1 : answers > 1) broken(`every command returns once: ${what}`);
			if (!result?.data) continue;
			// Safe: these three say so.
			const { revoked = [] } = result.data as { revoked?: string | readonly string[] };
			for (const ended of [revoked].flat())
				if (valid.has(ended) && !outOfReach.has(ended)) misled(`what is signed out has ended: ${what} ${id ?? ""}`);
		}
		const isAlone = opened.length === 1 && lastClick?.result?.data;
		const conflict = [...tabs].some(({ store }) => store.value?.error?.kind === "conflict");
		if (isAlone && !conflict && active?.id !== lastClick?.id)
			misled("the last click that succeeded is the active account");
	}

	/** Broken, unless an instance that lags has told the page otherwise. */
	function misled(rule: string): void {
		if (device.lagging.length === 0) broken(rule);
		else notOurs.push(`a page was misled by an instance that lags: ${rule.split(":")[0]}`);
	}

	/**
	 * An account is lost where an answer takes its cookie away and its session goes on.
	 *
	 * @returns the sessions that no command can end any more, and a page may have taken for ended
	 */
	function compareEndings(sessions: Awaited<ReturnType<Device["sessions"]>>): ReadonlySet<string> {
		const idOf = new Map(sessions.map(({ id, token }) => [token, id]));
		const outOfReach = new Set<string>();
		for (const { at, began, isOff, lags, path, token } of device.endings) {
			const id = idOf.get(token);
			if (id === undefined) continue;
			const what = isOff ? "an account is off the device" : "nobody is active any more";
			if (lags) notOurs.push(`lagging, ${path}: ${what}`);
			else if (!isOff || device.holds(token)) continue;
			// Who signs in again gets a new session, and Better Auth takes the cookie of the old one away; beyond the server's limit a
			// sign-in leaves behind whoever was active.
			else if (/^\/sign-(in|up)/.test(path)) outOfReach.add(id);
			else if (/^\/(multi-session\/revoke|sign-out)$/.test(path) && faults.hasDropped(began, at)) {
				outOfReach.add(id);
				notOurs.push(`without a connection, ${path}: ${what}, and its session goes on`);
			} else broken(`no account is lost by an answer: ${path}`);
		}
		return outOfReach;
	}

	return {
		/** Signs the people in and opens the pages, while all is well. */
		async open(): Promise<void> {
			for (const name of schedule.people) await device.signIn(name);
			for (let count = 0; count < schedule.tabs; count += 1) openTab();
			await rest();
			await readAgain();
			await learnTokens();
		},
		async play(): Promise<void> {
			for (const [index, { after, happens }] of schedule.steps.entries()) {
				await later(after);
				await happen(happens, seed * 31 + index * 7);
			}
		},
		/** Compares what is shown with what is true, once everything is well again. */
		async end(): Promise<Outcome> {
			let saidSo = 0;
			try {
				for (const tab of tabs) tab.goOnline(true);
				await rest();
				// Whoever comes back to a page sees what is true.
				await later(1_100);
				for (const tab of tabs) tab.show(true);
				await rest();
				saidSo = await readAgain();
				await rest();
				await compare();
				await learnTokens();
				seen.push(...device.stored(), ...device.said());
				const text = seen.join("\n");
				for (const token of tokens) if (text.includes(token)) broken("no token shows anywhere");
			} finally {
				for (const { store } of opened) void store.destroy();
			}
			const errors = new Map<string, number>();
			for (const { result } of commands)
				if (result?.error) errors.set(result.error.kind, (errors.get(result.error.kind) ?? 0) + 1);
			const succeeded = commands.filter(({ result }) => result?.data).length;
			const requests = device.requests.length;
			return { seed, violations, commands: commands.length, succeeded, requests, errors, saidSo, notOurs, log };
		},
	};
}
