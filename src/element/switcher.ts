import { english } from "../connect/english.js";
import { nameIn } from "../connect/label.js";
import type { PartialMessages } from "../connect/messages.js";
import { lastClicked, leavingFor } from "../connect/retry.js";
import { createSay } from "../connect/say.js";
import { type Shown, showState } from "../connect/shown.js";
import type { DeviceSessions } from "../device-sessions/store/device-sessions.js";
import type { DeviceSession, DeviceSessionsState } from "../device-sessions/types.js";
import type { Result } from "../errors.js";
import { isShown } from "./dom.js";
import { type AccountSwitcherCommand, emitter } from "./events.js";
import { guardPresses } from "./guard.js";
import { moveByKeys } from "./keys.js";
import { createPopup } from "./popup.js";
import { adoptStyles } from "./styles.js";
import { createView } from "./view.js";

/** What the element is told by its attributes. */
export interface Host extends HTMLElement {
	readonly addHref: string | null;
	readonly manageHref: string | null;
	readonly showName: boolean;
	readonly inline: boolean;
}

/** Before a store is there: nothing is known. */
const unknown: DeviceSessionsState = {
	status: "idle",
	isPending: true,
	sessions: [],
	active: null,
	signingIn: null,
	limit: null,
	isFull: false,
	ended: [],
	error: null,
	loadedAt: null,
	retryAt: null,
};

/** What one element has said, another one on the page does not say again. */
const said = new WeakSet<DeviceSessionsState>();

/** Who the page belongs to: while a sign-in is half-way, still the one from before. */
const ownerOf = ({ signingIn, active }: DeviceSessionsState): DeviceSession | null =>
	signingIn ? signingIn.from : active;

/** The element without its class: what it knows, and what it does. */
export function createSwitcher(host: Host) {
	let store: DeviceSessions | null = null;
	let messages: PartialMessages = {};
	let badge: ((row: DeviceSession) => string | null) | null = null;
	let state = unknown;
	let shown: Shown;
	let unlisten: (() => void) | undefined;
	/** The row id of the last click, until its command has returned. */
	let chosen: string | null = null;
	/** How many commands of this element are under way. */
	let running = 0;
	/** Row ids as they were when the popup opened, then who has come since. */
	let order: readonly (string | undefined)[] = [];
	let isManaging = false;
	let isArmed = false;

	/** Who the page belonged to. */
	let owner: DeviceSession | null = null;

	const root = host.attachShadow({ mode: "open" });
	const emit = emitter(host);
	const view = createView(root, {
		choose({ account, current }) {
			if (current) popup.hide();
			else if (store && emit("account-select", { account }, true)) switchTo(store, account.id);
		},
		retry() {
			const id = store && leavingFor(store, shown.rows);
			if (store && shown.error?.retry === "refetch") run("refetch", store.refetch());
			else if (store && id) switchTo(store, id, { leaveUnlisted: true });
		},
		cancelSignIn() {
			if (store) run("cancelSignIn", store.cancelSignIn());
		},
		search: () => render(),
		add: (event) => follow(event, shown.canAdd && emit("account-add", {}, true)),
		reauthenticate: (account, event) => follow(event, emit("account-reauthenticate", { account }, true)),
		forget: (id) => store?.forget(id),
		manage() {
			if (host.manageHref !== null) return;
			isManaging = !isManaging;
			render();
		},
		async signOut({ id, account }) {
			if (!store || !emit("account-sign-out", { accounts: [account] }, true)) return;
			const data = await run("revoke", store.revoke(id));
			if (data) emit("account-signed-out", { ids: [data.revoked] });
		},
		async signOutAll() {
			const accounts = [...state.sessions];
			const isAsked = isArmed || !accounts[1];
			isArmed = !isAsked;
			render();
			if (!isAsked) return beQuiet();
			if (!store || !emit("account-sign-out", { accounts }, true)) return;
			const data = await run("signOutAll", store.signOutAll());
			if (data)
				emit("account-signed-out", { ids: [...data.revoked], ...(data.url !== undefined && { url: data.url }) });
		},
		disarm,
	});
	const popup = createPopup(host, view.trigger, view.popup, () => {
		isManaging = isArmed = false;
		view.search.value = "";
		render();
	});
	const beQuiet = guardPresses(view.popup);
	// Not the second of a double click.
	view.trigger.onclick = ({ detail }) => detail > 1 || popup.hide() || show();
	moveByKeys(view.popup);
	root.addEventListener("keydown", (event) => {
		// Safe: its name says so.
		if ((event as KeyboardEvent).key !== "Escape" || !(disarm() || popup.hide())) return;
		// What the page closes by the same key stays.
		event.preventDefault();
		event.stopPropagation();
	});

	/** Returns whether there was something to take back. */
	function disarm(): boolean {
		if (!isArmed) return false;
		isArmed = false;
		render();
		return true;
	}
	function show(): void {
		if (popup.show()) view.focus();
	}
	function follow(event: Event, isGoing: boolean): void {
		if (!isGoing) event.preventDefault();
	}
	async function run<Data>(command: AccountSwitcherCommand, result: Promise<Result<Data>>): Promise<Data | null> {
		running += 1;
		const { data, error } = await result;
		running -= 1;
		if (error && !/superseded|refused/.test(error.kind)) emit("account-error", { error, command });
		return data;
	}
	async function switchTo(from: DeviceSessions, id: string, options?: { leaveUnlisted: boolean }): Promise<void> {
		const result = run("setActive", from.setActive(id, options));
		chosen = id;
		lastClicked.set(from, id);
		render();
		const account = await result;
		if (chosen === id) chosen = null;
		render();
		if (account) emit("account-switched", { account });
	}

	function listen(): void {
		unlisten?.();
		unlisten = undefined;
		if (!host.isConnected) return;
		state = unknown;
		if (!store) render();
		unlisten = store?.subscribe((next) => {
			const previous = state;
			state = next;
			render(previous);
			const from = owner;
			owner = ownerOf(state);
			if (previous.isPending || state.isPending || running || from?.user.id === owner?.user.id) return;
			const reason = "target" in previous ? "setActive" : "targets" in previous ? "revoke" : "external";
			emit("account-changed", { from, to: owner, reason });
		});
	}

	function render(previous?: DeviceSessionsState): void {
		if (!host.isConnected) return;
		shown = showState(state, { messages, previous, chosen, badge: badge ?? undefined });
		const { current, announcement } = shown;
		// While it is open nothing moves, and who comes is the last.
		order = [...new Set([...(popup.isOpen ? order : []), current?.id, ...shown.rows.map(({ id }) => id)])];
		const rows = order.flatMap((id) => shown.rows.find((row) => row.id === id) ?? []);
		isArmed &&= !!rows[1];
		const isSaid = said.has(state) || !announcement || !isShown(host);
		if (!isSaid) said.add(state);
		const hasGone = view.show({
			...shown,
			rows,
			announcement: isSaid ? "" : announcement,
			say: createSay(messages, english),
			nameOf: (account) => nameIn([...rows, ...shown.ended], account),
			isManaging: isManaging && host.manageHref === null,
			isArmed,
			addHref: host.addHref,
			manageHref: host.manageHref,
			showName: host.showName,
			isEnglish: !Object.keys(messages)[0],
		});
		if (hasGone && popup.isOpen) beQuiet();
	}

	return {
		get store() {
			return store;
		},
		set store(next) {
			if (next === store) return;
			store = next;
			chosen = null;
			order = [];
			listen();
		},
		get messages() {
			return messages;
		},
		set messages(next) {
			messages = next ?? {};
			render();
		},
		get badge() {
			return badge;
		},
		set badge(next) {
			badge = next;
			render();
		},
		get isOpen() {
			return popup.isOpen;
		},
		show,
		hide: () => {
			popup.hide();
		},
		connect(): void {
			adoptStyles(root);
			listen();
		},
		disconnect(): void {
			popup.hide(true);
			unlisten?.();
			unlisten = undefined;
		},
		/** An attribute has changed. */
		update(): void {
			popup.setInline(host.inline);
			render();
		},
	};
}
