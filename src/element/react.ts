/**
 * The element as a component of React 19, and its tag in JSX.
 *
 * @module
 */
import {
	createElement,
	type DetailedHTMLProps,
	type HTMLAttributes,
	type ReactElement,
	type Ref,
	useLayoutEffect,
	useRef,
} from "react";
import type { AccountSwitcher as AccountSwitcherElement } from "./account-switcher.js";
import { defineAccountSwitcher } from "./define-account-switcher.js";
import type { AccountSwitcherEventMap } from "./events.js";
import type { Attributes, Listeners, Settings } from "./settings.js";

/** What the tag takes in JSX, without the component. */
export type AccountSwitcherTag = DetailedHTMLProps<HTMLAttributes<AccountSwitcherElement>, AccountSwitcherElement> &
	Settings &
	Attributes &
	Listeners<"on">;

declare module "react" {
	namespace JSX {
		interface IntrinsicElements {
			"account-switcher": AccountSwitcherTag;
		}
	}
}

const handlers = {
	/** Before a switch. `preventDefault()` stops it. */
	onAccountSelect: "account-select",
	onAccountAdd: "account-add",
	onAccountSignOut: "account-sign-out",
	onAccountReauthenticate: "account-reauthenticate",
	onAccountSwitched: "account-switched",
	onAccountSignedOut: "account-signed-out",
	onAccountChanged: "account-changed",
	onAccountError: "account-error",
} as const satisfies Record<string, keyof AccountSwitcherEventMap>;

type Handlers = {
	[Name in keyof typeof handlers]?: ((event: AccountSwitcherEventMap[(typeof handlers)[Name]]) => void) | undefined;
};

/** What the component takes: the element's properties, a handler for each event, and what any element takes. */
export interface AccountSwitcherProps
	extends Settings,
		Handlers,
		Omit<HTMLAttributes<AccountSwitcherElement>, keyof Settings> {
	/** The element itself. */
	ref?: Ref<AccountSwitcherElement> | undefined;
}

/** The same for every render: a new one would be shown again. */
const noMessages = {};

/**
 * The element as a component of React 19. It defines the element, and sets its properties and listeners itself: React
 * does neither on an element that a server has rendered.
 *
 * @example
 * <AccountSwitcher store={deviceSessions} addHref="/sign-in" onAccountSwitched={() => router.refresh()} />
 */
export function AccountSwitcher(props: AccountSwitcherProps): ReactElement {
	const { ref, store, messages, badge, addHref, manageHref, placement, showName, inline, className, ...others } = props;
	const own = useRef<AccountSwitcherElement>(null);
	const latest = useRef(props);

	useLayoutEffect(() => {
		const element = own.current;
		if (!element) return;
		defineAccountSwitcher();
		const stop = new AbortController();
		for (const [name, type] of Object.entries(handlers)) {
			const handle = (event: Event) => {
				// Safe: the handler of this name takes the event of this type.
				const handler = latest.current[name as keyof Handlers] as ((event: Event) => void) | undefined;
				handler?.(event);
			};
			element.addEventListener(type, handle, { signal: stop.signal });
		}
		return () => stop.abort();
	}, []);
	useLayoutEffect(() => {
		latest.current = props;
		const wanted = { store: store ?? null, messages: messages ?? noMessages, badge: badge ?? null };
		const element = own.current;
		for (const [name, value] of Object.entries(wanted))
			if (element && Reflect.get(element, name) !== value) Reflect.set(element, name, value);
	});

	return createElement("account-switcher", {
		...Object.fromEntries(Object.entries(others).filter(([name]) => !(name in handlers))),
		class: className,
		// As attributes, so that a server writes them too.
		"add-href": addHref ?? undefined,
		"manage-href": manageHref ?? undefined,
		placement,
		"show-name": showName ? "" : undefined,
		inline: inline ? "" : undefined,
		ref(element: AccountSwitcherElement | null) {
			own.current = element;
			if (typeof ref === "function") return ref(element);
			if (ref) ref.current = element;
		},
	});
}
