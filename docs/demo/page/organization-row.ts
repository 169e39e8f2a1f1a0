import { copy, find, isUsable, setAttribute, setText, setUsable } from "./dom.js";

interface Actions {
	/** Told whether it is the active one already. */
	choose(isActive: boolean): void;
	remove(): void;
}

export interface OrganizationRow {
	readonly element: HTMLLIElement;
	update(name: string, isActive: boolean, usable: boolean): void;
}

export function createOrganizationRow({ choose, remove }: Actions): OrganizationRow {
	const element = copy("#organization", HTMLLIElement);
	const toggle = find(".choose", HTMLButtonElement, element);
	const bin = find(".delete", HTMLButtonElement, element);
	let isCertain = false;
	let name = "";

	function ask(certain: boolean): void {
		isCertain = certain;
		setText(bin, certain ? "Delete?" : "Delete");
		setAttribute(bin, "aria-label", certain ? `Really delete ${name}?` : `Delete ${name}`);
	}

	toggle.addEventListener("click", () => {
		if (isUsable(toggle)) choose(toggle.ariaPressed === "true");
	});
	bin.addEventListener("click", () => {
		if (!isUsable(bin)) return;
		if (isCertain) remove();
		ask(!isCertain);
	});
	bin.addEventListener("blur", () => ask(false));

	return {
		element,
		update(called, isActive, usable) {
			if (called !== name) {
				name = called;
				setText(find(".name", HTMLElement, element), name);
				ask(false);
			}
			setAttribute(toggle, "aria-pressed", String(isActive));
			setText(find(".mark", HTMLElement, element), isActive ? "Active" : "");
			for (const each of [toggle, bin]) setUsable(each, usable);
		},
	};
}
