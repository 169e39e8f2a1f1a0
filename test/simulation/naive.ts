import type { ReadableAtom } from "nanostores";
import type { TestClient, TestTab } from "../../src/testing/index.js";
import { befall, openDevice } from "./device.js";
import { type Happening, mutations, people, type Schedule } from "./schedule.js";

interface Session {
	readonly data: { readonly session?: { readonly id: string } } | null;
	readonly error: unknown;
	readonly isRefetching: boolean;
	refetch(): Promise<unknown>;
}

/** A page as Better Auth's documentation has it: `useSession`, a list that is read again after each call, and no store. */
interface Page {
	readonly page: TestTab;
	readonly client: TestClient;
	readonly session: ReadableAtom<Session> & { readonly value: Session };
	rows: readonly { readonly id: string; readonly token: string }[];
	isOpen: boolean;
	isOffline: boolean;
}

export interface NaiveOutcome {
	/** At rest some page and the cookie name different accounts, with nothing that a page could not have known of. */
	readonly isAtOdds: boolean;
	/** So they do when somebody has come back to every page. */
	readonly staysAtOdds: boolean;
	/** A valid session is out of reach. */
	readonly isLost: boolean;
}

const silent = new Set<Happening["what"]>(["end", "expire", "closeTab"]);

/** The same schedule through plain calls of the Better Auth client. */
export async function simulateNaively(schedule: Schedule): Promise<NaiveOutcome> {
	const { device, clock, giveBack } = openDevice(schedule, {});
	const pages: Page[] = [];
	const abandoned = new Set<string>();
	let isSilent = false;
	let underWay = 0;
	const open = () => pages.filter(({ isOpen }) => isOpen);

	/** A click handler: what fails is left as it is. */
	function run(task: () => Promise<unknown>): void {
		underWay += 1;
		task()
			.catch(() => {})
			.finally(() => {
				underWay -= 1;
			});
	}
	async function list(page: Page): Promise<void> {
		const { data } = await page.client.multiSession.listDeviceSessions();
		if (Array.isArray(data)) page.rows = data.flatMap(({ session }) => (session.token ? [session] : []));
	}
	function openPage(page: TestTab): void {
		const { client } = page;
		// Safe: as much of Better Auth's session atom as is used.
		const session = client.$store.atoms["session"] as unknown as Page["session"];
		const one: Page = { page, client, session, rows: [], isOpen: true, isOffline: false };
		pages.push(one);
		session.listen(() => {});
		run(() => Promise.all([session.value.refetch(), list(one)]));
	}
	/** Better Auth reads the session again by itself, and the list is read with it here. */
	const comeBack = (page: Page) => run(() => Promise.all([page.session.value.refetch(), list(page)]));

	function happen(happening: Happening): void {
		if (silent.has(happening.what)) isSilent = true;
		const all = open();
		const page = "tab" in happening ? all[happening.tab % all.length] : undefined;
		const token = (index: number) => page?.rows[index % page.rows.length]?.token ?? "none";
		switch (happening.what) {
			case "setActive":
			case "revoke":
				if (page)
					run(async () => {
						await page.client.multiSession[happening.what]({ sessionToken: token(happening.row) });
						await list(page);
					});
				break;
			case "signOutOthers":
				if (page)
					run(async () => {
						const active = page.session.value.data?.session?.id;
						for (const row of page.rows)
							if (row.id !== active) await page.client.multiSession.revoke({ sessionToken: row.token });
						await list(page);
					});
				break;
			case "signOutAll":
				if (page)
					run(async () => {
						await page.client.signOut();
						await list(page);
					});
				break;
			case "refetch":
			case "focus":
				if (page) comeBack(page);
				break;
			case "signIn": {
				const name = people[happening.person] ?? "";
				const email = `${name.toLowerCase()}@example.com`;
				const { password } = device;
				const isNew = device.sessionsOf(name).length === 0 && !schedule.people.includes(name);
				for (const { id, listed } of device.rows()) if (!listed) abandoned.add(id);
				if (page)
					run(async () => {
						try {
							if (isNew) await page.client.signUp.email({ name, email, password });
							else await page.client.signIn.email({ email, password });
						} catch {
							isSilent = true;
						}
						await list(page);
					});
				break;
			}
			case "end":
			case "expire":
			case "ripen":
			case "disturb":
				befall(device, happening);
				break;
			case "openTab":
				if (all.length < 4) openPage(device.openTab());
				break;
			case "closeTab":
				if (page && all.length > 1) {
					page.isOpen = false;
					page.page.close();
				}
				break;
			case "offline":
			case "online":
				if (page) {
					page.isOffline = happening.what === "offline";
					page.page.goOnline(!page.isOffline);
					if (!page.isOffline) comeBack(page);
				}
		}
	}

	async function rest(): Promise<void> {
		for (let calm = 0; calm < 3; ) {
			await clock.advance(500);
			const isCalm = underWay === 0 && device.sending(...mutations, "GET /get-session") === 0;
			calm = isCalm && open().every(({ session }) => !session.value.isRefetching) ? calm + 1 : 0;
		}
	}
	const active = () => device.rows().find((row) => row.active)?.id ?? null;
	const isOdd = () =>
		open().some(({ session }) => !session.value.error && (session.value.data?.session?.id ?? null) !== active());

	try {
		const inReach = new Set(device.rows().map(({ id }) => id));
		for (const { id } of device.sessions()) if (!inReach.has(id)) abandoned.add(id);
		openPage(device);
		for (let index = 1; index < schedule.tabs; index += 1) openPage(device.openTab());
		await rest();
		for (const { after, happens } of schedule.steps) {
			await clock.advance(after);
			if (happens.what === "signIn") await rest();
			happen(happens);
			if (happens.what === "signIn") await rest();
		}
		await rest();
		device.heal();
		for (const page of open()) {
			if (!page.isOffline) continue;
			page.page.goOnline(true);
			comeBack(page);
		}
		await rest();
		const isAtOdds = !isSilent && isOdd();
		for (const page of open()) comeBack(page);
		await rest();
		const reachable = new Set(device.rows().map(({ id }) => id));
		const isLost = device.sessions().some(({ id }) => !reachable.has(id) && !abandoned.has(id));
		return { isAtOdds, staysAtOdds: isOdd(), isLost };
	} finally {
		giveBack();
	}
}
