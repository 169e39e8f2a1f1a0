import type { ConnectedEnded, ConnectedRow } from "../connect/index.js";
import { showAvatar } from "./avatar.js";
import { create, linkOrButton, setAttribute, write } from "./dom.js";
import type { View } from "./keyed-list.js";
import type { SearchedScene } from "./view.js";

/** What can be done with the rows. */
export interface RowActions {
	choose(row: ConnectedRow): void;
	signOut(row: ConnectedRow): void;
	reauthenticate(account: ConnectedEnded, event: Event): void;
	forget(id: string): void;
}

/** A person: avatar, name and email address, which tells two of one name apart. */
function person(tag: "button" | "span", part: string, ...more: Node[]) {
	const [avatar, name, email] = [create("span", "avatar"), create("bdi", "name"), create("bdi", "email")];
	return {
		node: create(tag, part, avatar, create("span", "", name, email), ...more),
		show(who: ConnectedRow | ConnectedEnded): void {
			showAvatar(avatar, who);
			write(name, who.name);
			write(email, who.email !== who.name && who.email);
		},
	};
}

export function rowView(scene: () => SearchedScene, actions: RowActions): View<ConnectedRow> {
	const badge = create("span", "badge");
	const account = person("button", "account", badge);
	const signOut = create("button", "sign-out");
	let shown: ConnectedRow;
	account.node.onclick = () => actions.choose(shown);
	signOut.onclick = () => {
		// Safari gives no focus to what is pressed, and a neighbor has it next.
		signOut.focus();
		actions.signOut(shown);
	};
	return {
		node: create("li", "row", account.node, signOut),
		show(row) {
			const { say, isManaging, matches, nameOf } = scene();
			this.node.hidden = !matches(row);
			write(signOut, isManaging && say("signOut"));
			setAttribute(signOut, "aria-label", say("signOutOf", nameOf(row)));
			setAttribute(account.node, "aria-description", row.current && say("current"));
			if (row === shown) return;
			shown = row;
			account.show(row);
			write(badge, row.badge);
			setAttribute(account.node, "aria-current", row.current && "true");
			setAttribute(account.node, "aria-busy", row.busy && "true");
		},
	};
}

export function endedView(scene: () => SearchedScene, actions: RowActions): View<ConnectedEnded> {
	const account = person("span", "");
	const forget = create("button", "action");
	let again: HTMLElement = create("button", "action");
	let shown: ConnectedEnded | undefined;
	again.onclick = (event) => shown && actions.reauthenticate(shown, event);
	forget.onclick = () => shown && actions.forget(shown.id);
	return {
		node: create("li", "", account.node, again, forget),
		show(who) {
			const { say, nameOf, addHref } = scene();
			if (shown?.id !== who.id) account.show(who);
			shown = who;
			again = linkOrButton(again, addHref);
			write(again, say("signInAgain", nameOf(who)));
			write(forget, say("forget", nameOf(who)));
		},
	};
}
