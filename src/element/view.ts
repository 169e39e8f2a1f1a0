import type { ConnectedRow } from "../connect/index.js";
import type { AccountLabel } from "../connect/label.js";
import type { Name, Say } from "../connect/say.js";
import type { Shown } from "../connect/shown.js";
import { showAvatar } from "./avatar.js";
import { create, isShown, linkOrButton, setAttribute, slot, write } from "./dom.js";
import { keyedList } from "./keyed-list.js";
import { endedView, type RowActions, rowView } from "./row.js";

/** All that is to be shown. */
export interface Scene extends Shown {
	readonly say: Say<Name>;
	/** What a text calls an account: with the email address, where two have one name. */
	nameOf(account: AccountLabel): AccountLabel;
	readonly isManaging: boolean;
	/** "Sign out of all accounts" was pressed once. */
	readonly isArmed: boolean;
	readonly addHref: string | null;
	readonly manageHref: string | null;
	readonly showName: boolean;
	/** The words are the built-in ones. */
	readonly isEnglish: boolean;
}

/** As a row sees it. */
export interface SearchedScene extends Scene {
	/** It is among those that are searched for. */
	matches(row: ConnectedRow): boolean;
}

export interface Actions extends RowActions {
	retry(): void;
	cancelSignIn(): void;
	search(): void;
	add(event: Event): void;
	manage(): void;
	signOutAll(): void;
	disarm(): void;
}

/** From how many accounts on there is a search. */
const many = 10;

/** The element's own part of the page: made once, then shown again and again. */
export function createView(root: ShadowRoot, actions: Actions) {
	let scene: SearchedScene;
	const face = create("span", "");
	const label = create("bdi", "name");
	// The name is text, not a label: what a person reads beside it (initials) would have to be in the label.
	const spoken = create("span", "spoken");
	const trigger = create("button", "trigger", spoken, slot("trigger", face, label));
	const [note, problem, noMatch, live] = [
		create("p", "note"),
		create("p", "note"),
		create("p", "note"),
		create("p", "spoken"),
	];
	const [retry, cancel, signOutAll] = [
		create("button", "action retry"),
		create("button", "action"),
		create("button", "action sign-out-all"),
	];
	const search = create("input", "search");
	const [skeleton, list, ended] = [create("div", "skeleton"), create("ul", "list"), create("ul", "ended")];
	let add: HTMLElement = create("button", "action add");
	let manage: HTMLElement = create("button", "action manage");
	const popup = create(
		"div",
		"popup",
		slot("header"),
		note,
		problem,
		retry,
		cancel,
		skeleton,
		search,
		list,
		noMatch,
		ended,
		slot("items"),
		add,
		manage,
		signOutAll,
		slot("footer"),
	);
	popup.id = "popup";
	popup.tabIndex = -1;
	trigger.setAttribute("aria-controls", "popup");
	trigger.type = "button";
	trigger.ariaHasPopup = "dialog";
	search.type = "search";
	// Safari takes the role away from a list that shows no bullets.
	list.role = ended.role = "list";
	problem.role = "alert";
	live.role = "status";
	root.append(trigger, popup, live);

	retry.onclick = actions.retry;
	cancel.onclick = actions.cancelSignIn;
	search.oninput = actions.search;
	add.onclick = actions.add;
	manage.onclick = actions.manage;
	signOutAll.onclick = () => {
		// Safari gives no focus to what is pressed, and its loss takes the first press back.
		signOutAll.focus();
		actions.signOutAll();
		// A button whose text changes is silent.
		if (scene.isArmed) live.textContent = signOutAll.textContent;
	};
	signOutAll.onblur = actions.disarm;

	const showRows = keyedList(list, () => rowView(() => scene, actions));
	const showEnded = keyedList(ended, () => endedView(() => scene, actions));
	const accounts = () => [...list.querySelectorAll<HTMLElement>("[part=account]")].filter(isShown);
	let face$: ConnectedRow | null | undefined;

	function showTrigger({ current, phase, showName, triggerLabel }: Scene): void {
		const isPending = phase === "pending";
		if (face$ !== current) {
			face$ = current;
			showAvatar(face, current ?? { image: null, initials: "" });
		}
		face.hidden = !current && !isPending;
		face.setAttribute("part", isPending ? "avatar skeleton" : "avatar");
		// What shows is the name itself, where nobody is active.
		write(spoken, (current || isPending) && triggerLabel);
		write(label, current ? showName && current.name : !isPending && triggerLabel);
		setAttribute(label, "aria-hidden", current && "true");
	}

	/** To an account, the first one is active; else to what comes first; while nothing is known, to the popup until it is. */
	function focus(at = 0): void {
		const there = accounts();
		const [first = popup] = [...popup.querySelectorAll<HTMLElement>("button,a")].filter(isShown);
		(there[Math.min(at, there.length - 1)] ?? (scene.phase === "pending" ? popup : first)).focus();
	}

	return {
		trigger,
		popup,
		search,
		live,
		focus,
		/** Returns whether a row has gone. */
		show(next: Scene): boolean {
			search.hidden = !next.rows[many - 1];
			const query = search.hidden ? "" : search.value.trim().toLocaleLowerCase();
			const matches = ({ name, email }: ConnectedRow) => `${name} ${email}`.toLocaleLowerCase().includes(query);
			scene = { ...next, matches };
			const { say, rows, phase, isArmed, announcement, error } = scene;
			const focused = popup.contains(root.activeElement) ? root.activeElement : null;
			const at = accounts().findIndex((account) => account.closest("li")?.contains(focused));

			for (const part of [trigger, popup, live]) setAttribute(part, "lang", scene.isEnglish && "en");
			showTrigger(scene);
			popup.ariaLabel = say("accounts");
			write(note, scene.note);
			write(problem, error?.text);
			write(retry, error?.retry && say(error.retry === "refetch" ? "retry" : "switchAnyway"));
			write(cancel, phase === "signing-in" && say("cancelSignIn"));
			skeleton.hidden = phase !== "pending" || !!error;
			search.placeholder = search.ariaLabel = say("search");
			const hasGone = showRows(rows);
			write(noMatch, !!rows[0] && !rows.some(matches) && say("noMatch"));
			ended.ariaLabel = say("ended");
			showEnded(scene.ended);
			add = linkOrButton(add, scene.addHref);
			setAttribute(add, "aria-disabled", !scene.canAdd && "true");
			write(add, say("add"));
			manage = linkOrButton(manage, scene.manageHref);
			write(manage, !!rows[0] && say(scene.isManaging ? "done" : "manage"));
			const count = String(rows.length);
			const signOutText = rows[1] ? (isArmed ? "confirmSignOutAll" : "signOutAll") : "signOut";
			write(signOutAll, !!rows[0] && say(signOutText, { count }));
			if (announcement) live.textContent = announcement;
			// It goes to the neighbor's account, not to whatever would sign out next.
			if (focused && (!isShown(focused) || focused === popup)) focus(Math.max(at, 0));
			return hasGone;
		},
	};
}
