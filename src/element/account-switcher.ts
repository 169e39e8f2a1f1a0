import type { PartialMessages } from "../connect/messages.js";
import type { DeviceSessions } from "../device-sessions/store/device-sessions.js";
import type { DeviceSession } from "../device-sessions/types.js";
import { setAttribute } from "./dom.js";
import type { AccountSwitcherEventMap } from "./events.js";
import { createSwitcher } from "./switcher.js";

// Safe: on a server nobody makes one, and the class is only named.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** How one version of the element knows another. */
export const mark = Symbol.for("device-sessions/account-switcher");

/** The events of the element, typed. */
export interface AccountSwitcher {
	/** Listens to an event of the element. */
	addEventListener<Name extends keyof AccountSwitcherEventMap>(
		type: Name,
		listener: (this: AccountSwitcher, event: AccountSwitcherEventMap[Name]) => void,
		options?: boolean | AddEventListenerOptions,
	): void;
	/** Listens to an event of any element. */
	addEventListener<Name extends keyof HTMLElementEventMap>(
		type: Name,
		listener: (this: AccountSwitcher, event: HTMLElementEventMap[Name]) => void,
		options?: boolean | AddEventListenerOptions,
	): void;
	/** Listens to an event of your own. */
	addEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | AddEventListenerOptions,
	): void;
	/** Stops listening to an event of the element. */
	removeEventListener<Name extends keyof AccountSwitcherEventMap>(
		type: Name,
		listener: (this: AccountSwitcher, event: AccountSwitcherEventMap[Name]) => void,
		options?: boolean | EventListenerOptions,
	): void;
	/** Stops listening to an event of any element. */
	removeEventListener<Name extends keyof HTMLElementEventMap>(
		type: Name,
		listener: (this: AccountSwitcher, event: HTMLElementEventMap[Name]) => void,
		options?: boolean | EventListenerOptions,
	): void;
	/** Stops listening to an event of your own. */
	removeEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | EventListenerOptions,
	): void;
}

/**
 * The accounts of this device behind one button: who is active, a switch, a sign-out, one account more. It shows a store;
 * `defineAccountSwitcher` makes it an element of the page.
 *
 * @example
 * const switcher = document.querySelector("account-switcher");
 * switcher.store = createDeviceSessions(authClient);
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface types the element's own events, and adds nothing.
export class AccountSwitcher extends Base {
	/** The attributes that the element follows. */
	static readonly observedAttributes = ["add-href", "manage-href", "placement", "show-name", "inline"];
	/** How another copy of this package knows the element. */
	static readonly [mark] = true;
	readonly #switcher = createSwitcher(this);

	constructor() {
		super();
		// What was set before the element was defined stands before what the class has.
		for (const [name, value] of Object.entries(this)) {
			if (!(name in AccountSwitcher.prototype)) continue;
			Reflect.deleteProperty(this, name);
			Reflect.set(this, name, value);
		}
	}

	/** What `createDeviceSessions` returns, or `authClient.deviceSessions`. Until it is set, the element waits. */
	get store(): DeviceSessions | null {
		return this.#switcher.store;
	}
	set store(store) {
		this.#switcher.store = store;
	}
	/** Your words, or a translation. English stands in for what is missing. */
	get messages(): PartialMessages {
		return this.#switcher.messages;
	}
	set messages(messages) {
		this.#switcher.messages = messages;
	}
	/** A short text for an account, such as a count of unread mail. */
	get badge(): ((row: DeviceSession) => string | null) | null {
		return this.#switcher.badge;
	}
	set badge(badge) {
		this.#switcher.badge = badge;
	}
	/** Where one account more signs in. Without it "Add account" is a button, and sends its event. */
	get addHref(): string | null {
		return this.getAttribute("add-href");
	}
	set addHref(href) {
		setAttribute(this, "add-href", href);
	}
	/** Where accounts are managed. Without it the element offers sign-outs itself. */
	get manageHref(): string | null {
		return this.getAttribute("manage-href");
	}
	set manageHref(href) {
		setAttribute(this, "manage-href", href);
	}
	/** Which edges of trigger and popup are in line. Where there is no room, the popup goes where there is. */
	get placement(): "start" | "end" {
		return this.getAttribute("placement") === "end" ? "end" : "start";
	}
	set placement(placement) {
		setAttribute(this, "placement", placement);
	}
	/** The trigger shows the name beside the avatar. */
	get showName(): boolean {
		return this.hasAttribute("show-name");
	}
	set showName(is) {
		this.toggleAttribute("show-name", is);
	}
	/** No trigger: what else is in the popup is a part of the page. */
	get inline(): boolean {
		return this.hasAttribute("inline");
	}
	set inline(is) {
		this.toggleAttribute("inline", is);
	}
	/** The popup is there. */
	get open(): boolean {
		return this.#switcher.isOpen;
	}
	/** Opens the popup. */
	show(): void {
		this.#switcher.show();
	}
	/** Closes the popup; the focus returns to the trigger. */
	hide(): void {
		this.#switcher.hide();
	}

	/** The browser calls it: the element is on a page. */
	connectedCallback(): void {
		this.#switcher.connect();
	}
	/** The browser calls it: the element has left the page. */
	disconnectedCallback(): void {
		this.#switcher.disconnect();
	}
	/** The browser calls it: an attribute has changed. */
	attributeChangedCallback(): void {
		this.#switcher.update();
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"account-switcher": AccountSwitcher;
	}
}
