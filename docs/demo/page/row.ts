import { paintAvatar } from "./avatar.js";
import type { Row } from "./client.js";
import { copy, find, setAttribute, setText } from "./dom.js";

/** What a row is waiting for. */
export type Busy = "switching" | "revoking" | null;

export interface RowActions {
	activate(id: string): void;
	revoke(id: string): void;
}

export interface RowView {
	readonly element: HTMLLIElement;
	update(row: Row, busy: Busy): void;
}

export function createRow(id: string, { activate, revoke }: RowActions): RowView {
	const element = copy("#row", HTMLLIElement);
	const account = find(".account", HTMLButtonElement, element);
	const leave = find(".leave", HTMLButtonElement, element);
	const avatar = find(".avatar", HTMLElement, element);
	const mark = find(".mark", HTMLElement, element);
	let painted: Row["user"] | null = null;

	element.dataset["id"] = id;
	account.addEventListener("click", () => activate(id));
	leave.addEventListener("click", () => revoke(id));

	return {
		element,
		update(row, busy) {
			if (row.user !== painted) {
				painted = row.user;
				const { name, email } = row.user;
				paintAvatar(avatar, name, email);
				setText(find(".name", HTMLElement, element), name);
				setText(find(".email", HTMLElement, element), email);
				setAttribute(leave, "aria-label", `Sign out ${name}`);
				setAttribute(leave, "title", `Sign out ${name}`);
			}
			setAttribute(account, "aria-current", row.active ? "true" : null);
			setAttribute(element, "aria-busy", busy ? "true" : null);
			setAttribute(element, "data-listed", String(row.listed));
			setText(mark, markOf(row, busy));
		},
	};
}

function markOf(row: Row, busy: Busy): string {
	if (busy === "switching") return "Switching …";
	if (busy === "revoking") return "Signing out …";
	if (!row.active) return "";
	return row.listed ? "Active" : "Temporary";
}
